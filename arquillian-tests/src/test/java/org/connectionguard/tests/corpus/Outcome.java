/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.Map;
import java.util.Set;

/**
 * What came of one deployment. Immutable.
 *
 * @param refusal why the server refused it; empty if it did not
 * @param ran those that wrote rows while all was well
 * @param recoveries of the timers among them, after the KILL
 */
record Outcome(String refusal, Set<String> ran, Map<String, Recovery> recoveries) {

    /** Whether the server took it. */
    boolean deployed() {
        return refusal.isEmpty();
    }

    /** The last cause that the server names. */
    String cause() {
        return refusal.substring(Math.max(0, refusal.lastIndexOf("Caused by: ")))
                .lines()
                .findFirst()
                .orElse("");
    }

    /**
     * Of one job.
     *
     * @param state whether it wrote again
     * @param lost how many bodies had failed until then
     * @param word what the guard's log had said of it before
     */
    record Recovery(State state, long lost, Word word) {}

    /** Whether a job runs on. */
    enum State {
        HEALED,
        /** Its bodies fail. */
        FAILS,
        /** No body begins any more. */
        STANDS_STILL
    }

    /** What the log said of a job's protection. */
    enum Word {
        GUARDED,
        NOT_PROTECTED,
        NOTHING
    }
}
