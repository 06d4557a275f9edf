/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Takes connections and keeps them, without a guard. For any thread. */
@ApplicationScoped
public class PoolHog {
    private final List<String> held = new ArrayList<>();
    private CountDownLatch release = new CountDownLatch(1);

    /** Asks the pool for so many connections, each on a thread of its own, and keeps them. Returns at once. */
    synchronized void take(String dataSource, int connections) throws NamingException {
        DataSource pool = InitialContext.doLookup(dataSource);
        CountDownLatch mine = release;
        for (int i = 0; i < connections; i++) {
            new Thread(() -> hold(pool, mine), "hog").start();
        }
    }

    /** What the database calls those that it has; 0: it is dead. */
    synchronized List<String> held() {
        return List.copyOf(held);
    }

    /** Gives all of them back. */
    @PreDestroy
    synchronized void giveBack() {
        release.countDown();
        release = new CountDownLatch(1);
    }

    private void hold(DataSource pool, CountDownLatch until) {
        try {
            remove(use(pool, until));
        } catch (SQLException e) {
            // It did not get one; the test sees that there are fewer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the connection is given back. */
    private String use(DataSource pool, CountDownLatch until) throws SQLException, InterruptedException {
        try (Connection connection = pool.getConnection()) {
            String id = id(connection);
            add(id);
            until.await();
            return id;
        }
    }

    /** A dead one is taken from the pool like any other. */
    private static String id(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return id(statement);
        } catch (SQLException e) {
            return "0";
        }
    }

    private static String id(Statement statement) throws SQLException {
        String product = statement.getConnection().getMetaData().getDatabaseProductName();
        String function = product.equals("PostgreSQL") ? "pg_backend_pid" : "connection_id";
        try (ResultSet answer = statement.executeQuery("select " + function + "()")) {
            answer.next();
            return answer.getString(1);
        }
    }

    private synchronized void add(String id) {
        held.add(id);
    }

    private synchronized void remove(String id) {
        held.remove(id);
    }
}
