/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.SQLException;

/**
 * The transaction that a job runs in. The gate's thread enters it to bind a connection to it, since also that checkout may
 * never return, and the job's own thread must not be lost with it. For any thread.
 */
public interface JobTransaction {
    /** Whether it can still be worked in. */
    boolean isActive();

    /**
     * Runs the work on the calling thread, which is in no transaction, as part of this one.
     *
     * @throws SQLException what the work threw, or that the transaction lets nobody in
     */
    <T> T within(Work<T> work) throws SQLException;

    /** Something to be done inside the transaction. */
    interface Work<T> {
        T run() throws SQLException;
    }
}
