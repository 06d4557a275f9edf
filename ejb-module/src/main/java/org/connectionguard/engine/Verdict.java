/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.Optional;
import org.connectionguard.message.Reason;

/** What the gate says to one job. Immutable. */
public sealed interface Verdict {
    /** What it took to come to it. */
    Effort effort();

    /**
     * What a job had to put up with at the gate.
     *
     * @param waited whether it waited while nothing could be had, or nothing answered; not in a line that moved
     * @param evicted how many unfit connections were destroyed on its way
     */
    record Effort(boolean waited, int evicted) {
        /** Nothing. */
        public static final Effort NONE = new Effort(false, 0);

        /** This and another one. */
        public Effort and(Effort other) {
            return new Effort(waited || other.waited, evicted + other.evicted);
        }
    }

    /**
     * A live connection came out of the pool.
     *
     * @param at since when it was asked for, by the engine's clock: what was found fit since then is good for the job
     * @param bound whether the job's transaction is bound to it
     */
    record Live(long at, boolean bound, Effort effort) implements Verdict {}

    /**
     * None came, or none in time.
     *
     * @param reason the kind of trouble
     * @param message which data source, what was tried, how long, what to do
     * @param cause what was thrown last
     * @param doomed whether the job's transaction was entered for it and cannot go on, whatever the policy says
     */
    record Unavailable(Reason reason, String message, Optional<Throwable> cause, boolean doomed, Effort effort)
            implements Verdict {
        /** Whether the body may be run all the same, where the policy says so: not while everything is being ended. */
        public boolean allowsProceeding() {
            return !doomed && reason != Reason.INTERRUPTED && reason != Reason.STOPPED;
        }
    }
}
