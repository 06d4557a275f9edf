/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import java.time.Instant;
import java.util.Optional;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.engine.Target;

/**
 * A run that is put off, however many expirations of its timer that stands for. Immutable.
 *
 * @param job its name
 * @param target the data source that it waits for
 * @param since when the first of them was put off
 * @param expirations how many; a call that the container repeats counts again
 * @param expires from when on it is too late
 * @param superseded from when on the timer's next expiration has come, on whatever server; empty: its call is seen here
 */
public record Deferral(
        String job, Target target, Instant since, int expirations, Instant expires, Optional<Instant> superseded) {
    /** Why it waits no more at that time, if it does not. */
    Optional<End> over(Instant now) {
        if (superseded.filter(next -> !now.isBefore(next)).isPresent()) {
            return Optional.of(End.SUPERSEDED);
        }
        return now.isBefore(expires) ? Optional.empty() : Optional.of(End.EXPIRED);
    }

    /**
     * This one, for which an earlier one of the same timer was kept: it is one run now.
     *
     * @param another whether it is another expiration; else the earlier one, which is put off again
     */
    Deferral after(Deferral earlier, boolean another) {
        return new Deferral(
                job,
                target,
                earlier.since,
                earlier.expirations + (another ? expirations : 0),
                another ? expires : earlier.expires,
                superseded);
    }
}
