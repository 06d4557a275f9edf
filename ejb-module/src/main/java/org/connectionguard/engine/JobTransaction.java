/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.SQLException;

/**
 * The transaction that a job runs in. The gate's thread enters it to bind a connection to it, since also that checkout may
 * never return, and the job's own thread must not be lost with it; where servers allow that. For any thread.
 */
public interface JobTransaction {
    /** Whether it can still be worked in. */
    boolean isActive();

    /** Whether it has been committed or rolled back, or is no more. */
    boolean isOver();

    /**
     * Whether the gate's threads may enter it; else what is to be done in it is done by the job's own thread, which is in it. That
     * one is bounded by pool and driver only.
     */
    boolean letsThreadsIn();

    /**
     * Runs the work on the calling thread as part of this one: a thread that is in no transaction, or the job's own where nobody
     * else is let in.
     *
     * @throws SQLException what the work threw, or that the transaction lets nobody in
     */
    <T> T within(Work<T> work) throws SQLException;

    /** Something to be done inside the transaction. */
    interface Work<T> {
        T run() throws SQLException;
    }
}
