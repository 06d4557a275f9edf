/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.util.Optional;

/** What the gate says to one job. Immutable. */
public sealed interface Verdict {
    /**
     * A live connection came out of the pool; the job's transaction, if it was given one, is bound to it.
     *
     * @param physical which one it was; empty where the pool does not tell, or where none was asked
     */
    record Live(Optional<Connection> physical) implements Verdict {}

    /**
     * None came, or none in time.
     *
     * @param reason the kind of trouble
     * @param message which data source, what was tried, how long, what to do
     * @param cause what was thrown last
     * @param doomed whether the job's transaction was entered for it and cannot go on, whatever the policy says
     */
    record Unavailable(Reason reason, String message, Optional<Throwable> cause, boolean doomed) implements Verdict {
        /** Whether the body may be run all the same, where the policy says so: not while everything is being ended. */
        public boolean allowsProceeding() {
            return !doomed && reason != Reason.INTERRUPTED && reason != Reason.STOPPED;
        }
    }

    /** The kinds of trouble. */
    enum Reason {
        /** The database cannot be reached. */
        DOWN,
        /** Something was asked and does not answer. */
        SILENT,
        /** The database, or the pool, has no connection left. */
        EXHAUSTED,
        /** The database refuses us, and waiting does not help. */
        REFUSED,
        /** Connections come, and all of them are dead, read-only or otherwise unfit. */
        UNFIT,
        /** Enough jobs wait for this data source already. */
        CROWDED,
        /** The job's thread was interrupted. */
        INTERRUPTED,
        /** The server is being suspended or shut down, or the application undeployed. */
        STOPPED
    }
}
