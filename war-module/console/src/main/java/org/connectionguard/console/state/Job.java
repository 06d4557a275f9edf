/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job of one deployment. Immutable. Times in milliseconds since 1970, 0 where there is none.
 *
 * @param id its MBean's name
 * @param schedule as declared; empty where it is no timer
 * @param reason by which way it is protected, or why it is not
 * @param next the next run; 0 where there is none any more, -1 where that is not known
 * @param history the last runs, the newest at the end
 */
public record Job(
        String id,
        String deployment,
        String name,
        String schedule,
        Protection protection,
        String reason,
        int active,
        long lastStart,
        long lastSuccess,
        long next,
        boolean overdue,
        boolean ended,
        long putOffSince,
        long runMillis,
        Map<Outcome, Long> counts,
        List<Run> history) {

    /** Whether it starts only on live connections. */
    public enum Protection {
        GUARDED,
        UNPROTECTED,
        NOTHING_TO_GUARD
    }

    /** The run that ended last. */
    public Optional<Run> lastRun() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    }
}
