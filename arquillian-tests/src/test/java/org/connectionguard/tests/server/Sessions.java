/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.connectionguard.server.DatabaseServer;

/** What a database administrator does to the sessions of the application's user. Stateless. */
public final class Sessions {
    /** The machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sessions() {}

    /** The application's table. */
    public static void createTables() throws SQLException {
        createTables(TestServers.database());
    }

    /** The application's table, in another server. */
    public static void createTables(DatabaseServer database) throws SQLException {
        try (Connection connection = database.connectAsRoot();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists defects.entry (id bigint primary key auto_increment, job varchar(100),"
                            + " run varchar(36))");
        }
    }

    /** Executes statements as superuser. */
    public static void execute(String... statements) throws SQLException {
        try (Connection connection = TestServers.database().connectAsRoot();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** One number, asked as superuser. */
    public static long number(String query) throws SQLException {
        try (Connection connection = TestServers.database().connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    /** A counter of the server, all sessions together. */
    public static long status(String name) throws SQLException {
        try (Connection connection = TestServers.database().connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show global status like '" + name + "'")) {
            answer.next();
            return answer.getLong(2);
        }
    }

    /** How many rows each run has written. */
    public static Map<String, Integer> rowsByRun() throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Connection connection = TestServers.database().connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select run from defects.entry")) {
            while (answer.next()) {
                rows.merge(answer.getString(1), 1, Integer::sum);
            }
        }
        return rows;
    }

    /** Ends all sessions of the application's user, and returns when they have gone. */
    public static void killAll() throws SQLException {
        kill(ofApplications());
    }

    /** Ends one of them; the number says which. */
    public static void killOne(long which) throws SQLException {
        List<Long> ids = ofApplications();
        if (!ids.isEmpty()) {
            kill(List.of(ids.get((int) (which % ids.size()))));
        }
    }

    /** Ends each of them with a chance of one half: how many. */
    public static int killSome(Random random) throws SQLException {
        List<Long> ids = ofApplications();
        ids.removeIf(id -> random.nextBoolean());
        kill(ids);
        return ids.size();
    }

    /** The ids of the sessions that the application's user has now. */
    public static Set<Long> present() throws SQLException {
        return new HashSet<>(ofApplications());
    }

    /** Returns when none of these sessions is left. */
    public static void awaitEndOf(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            String these = ids.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
            await().atMost(PATIENCE)
                    .until(() ->
                            number("select count(*) from information_schema.processlist where id in " + these) == 0);
        }
    }

    private static List<Long> ofApplications() throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = TestServers.database().connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet sessions =
                        statement.executeQuery("select id from information_schema.processlist where user = '"
                                + TestServers.database().user() + "'")) {
            while (sessions.next()) {
                ids.add(sessions.getLong(1));
            }
        }
        return ids;
    }

    /** Ends these sessions, and returns when they have gone. */
    public static void kill(Collection<Long> ids) throws SQLException {
        for (long id : ids) {
            TestServers.database().kill(id);
        }
        awaitEndOf(ids);
    }
}
