/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The same body for every contender; what differs is what stands around it. One instance serves one call at a time. */
public abstract class Job {
    /** So many checkouts in the container's transaction. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void inTransaction(DataSource dataSource, int checkouts) throws SQLException {
        before(dataSource);
        checkOut(dataSource, checkouts);
    }

    /** So many checkouts without a transaction. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void outside(DataSource dataSource, int checkouts) throws SQLException {
        before(dataSource);
        checkOut(dataSource, checkouts);
    }

    /**
     * One statement that takes the database so long, in the container's transaction. Tells when the statement could be sent, by
     * {@code System.nanoTime}.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public long work(DataSource dataSource, int millis) throws SQLException {
        before(dataSource);
        return execute(dataSource, millis);
    }

    /** The same without a transaction. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public long workOutside(DataSource dataSource, int millis) throws SQLException {
        before(dataSource);
        return execute(dataSource, millis);
    }

    /** What the job itself does for its connections before it starts. */
    void before(DataSource dataSource) throws SQLException {}

    static long execute(DataSource dataSource, int millis) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // By now the pool has done what it does for a connection; some of it waits for the first statement.
            long ready = System.nanoTime();
            statement.execute("select sleep(" + millis / 1000.0 + ")");
            return ready;
        }
    }

    private static void checkOut(DataSource dataSource, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            dataSource.getConnection().close();
        }
    }
}
