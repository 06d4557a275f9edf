/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database that is up until it is told to be down. For any thread. */
public final class SmallDatabase {
    private final AtomicInteger borrowed = new AtomicInteger();
    private volatile CountDownLatch borrowing = new CountDownLatch(1);
    private volatile boolean down;

    /** A data source that leads to it, unequal to every other. */
    public DataSource dataSource() {
        return Stub.of(DataSource.class, (method, arguments) -> {
            if (!method.equals("getConnection")) {
                return switch (method) {
                    case "isWrapperFor" -> false;
                    case "getLoginTimeout" -> 0;
                    default -> null;
                };
            }
            borrowed.incrementAndGet();
            borrowing.countDown();
            if (down) {
                throw new SQLException("Nobody listens", "08S01");
            }
            return connection();
        });
    }

    private static Connection connection() {
        return Stub.of(Connection.class, (method, arguments) -> switch (method) {
            case "isValid", "getAutoCommit" -> true;
            case "getMetaData" -> Stub.of(DatabaseMetaData.class, (question, none) -> "Fake");
            case "isWrapperFor", "isClosed", "isReadOnly" -> false;
            case "getNetworkTimeout" -> 0;
            case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
            default -> null;
        });
    }

    public void stop() {
        down = true;
    }

    public void start() {
        down = false;
    }

    /** Comes when somebody asks for a connection from now on. */
    public CountDownLatch nextBorrowing() {
        borrowing = new CountDownLatch(1);
        return borrowing;
    }

    /** Counts from now on. */
    public void forget() {
        borrowed.set(0);
    }

    /** How often a connection was asked for. */
    public int borrowed() {
        return borrowed.get();
    }
}
