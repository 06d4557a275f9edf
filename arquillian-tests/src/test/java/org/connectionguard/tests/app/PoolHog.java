/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Takes connections and keeps them, without a guard. For any thread. */
@ApplicationScoped
public class PoolHog {
    private final Deque<CountDownLatch> holding = new ArrayDeque<>();

    /** On a thread of its own, whose name begins with "hog": asks the pool for a connection, and keeps it. */
    synchronized void take(String dataSource) throws NamingException {
        DataSource pool = InitialContext.doLookup(dataSource);
        CountDownLatch release = new CountDownLatch(1);
        holding.add(release);
        new Thread(() -> hold(pool, release), "hog " + dataSource).start();
    }

    /** Gives the connection back that was asked for first. */
    synchronized void giveBack() {
        holding.remove().countDown();
    }

    private static void hold(DataSource pool, CountDownLatch release) {
        try (Connection connection = pool.getConnection()) {
            Thread.currentThread().setName(Thread.currentThread().getName() + " has one");
            release.await();
            connection.clearWarnings();
        } catch (SQLException e) {
            // It did not get one; the test sees it in the thread's name.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
