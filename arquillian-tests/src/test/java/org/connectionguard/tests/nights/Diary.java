/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What the jobs do, and when they did it. For any thread. */
@ApplicationScoped
public class Diary {
    /** The jobs' data source. */
    public static final String DATA_SOURCE = "java:jboss/datasources/Nights";

    @Resource(lookup = DATA_SOURCE)
    private DataSource dataSource;

    private final List<String> done = new ArrayList<>();
    private int inside;
    private int atOnce;
    private volatile CountDownLatch release = new CountDownLatch(0);

    /**
     * A job's work: it needs the database twice, and between that it may be held up.
     *
     * @param info that its timer carries
     */
    void work(String job, Object info) {
        enter();
        try (Connection connection = dataSource.getConnection()) {
            use(connection);
            awaitRelease();
            use(connection);
            note(job + " " + info + " " + System.currentTimeMillis());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            leave();
        }
    }

    /** Nothing but being held up. */
    void occupy() throws InterruptedException {
        enter();
        try {
            awaitRelease();
        } finally {
            leave();
        }
    }

    private void awaitRelease() throws InterruptedException {
        release.await(1, TimeUnit.MINUTES);
    }

    private static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select sleep(0.02)");
        }
    }

    private synchronized void enter() {
        inside++;
        atOnce = Math.max(atOnce, inside);
    }

    private synchronized void leave() {
        inside--;
    }

    private synchronized void note(String line) {
        done.add(line);
    }

    /** What has been done: job, information and time of each. */
    synchronized List<String> done() {
        return List.copyOf(done);
    }

    synchronized int inside() {
        return inside;
    }

    synchronized int atOnce() {
        return atOnce;
    }

    void hold() {
        release = new CountDownLatch(1);
    }

    void release() {
        release.countDown();
    }
}
