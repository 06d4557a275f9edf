/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.util.Optional;

/** What the gate says to one job. Immutable. */
public sealed interface Verdict {
    /**
     * A live connection came out of the pool.
     *
     * @param physical the driver's connection, where the pool tells it
     */
    record Live(Optional<Connection> physical) implements Verdict {}

    /**
     * None came, or none in time.
     *
     * @param reason the kind of trouble
     * @param message which data source, what was tried, how long, what to do
     * @param cause what was thrown last
     */
    record Unavailable(Reason reason, String message, Optional<Throwable> cause) implements Verdict {}

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
        /** The guard is being shut down with its deployment. */
        STOPPED
    }
}
