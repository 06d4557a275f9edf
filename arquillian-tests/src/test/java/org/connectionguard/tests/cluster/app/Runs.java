/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.annotation.Resource;
import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The cluster's ledger: a body that begins writes a line into it by a way that no test cuts; its work is to mark that line by the
 * way that tests do cut. For any thread.
 */
@ApplicationScoped
public class Runs {
    /** The way to the database that a job's work takes. */
    public static final String WORK = "java:jboss/datasources/Work";

    /** Takes no part in transactions. */
    @Resource(lookup = "java:jboss/datasources/Ledger")
    private DataSource ledger;

    @Resource(lookup = WORK)
    private DataSource work;

    @Resource(lookup = "java:app/AppName")
    private String application;

    /** A job's body. */
    public void run(String job, Timer timer) throws SQLException {
        String run = System.getProperty("jboss.node.name") + " " + System.nanoTime();
        write(
                ledger,
                "insert into defects.cluster_run (application, job, node, expiration, run) values (?, ?, ?, ?, ?)",
                application,
                job,
                System.getProperty("jboss.node.name"),
                expiration(timer),
                run);
        write(work, "update defects.cluster_run set done = current_timestamp(3) where run = ?", run);
    }

    /** By the one that comes after it, if any: that is the same on every server. */
    private static String expiration(Timer timer) {
        try {
            return "before " + timer.getNextTimeout().toInstant();
        } catch (NoMoreTimeoutsException e) {
            return String.valueOf(timer.getInfo());
        }
    }

    private static void write(DataSource dataSource, String sql, String... values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
