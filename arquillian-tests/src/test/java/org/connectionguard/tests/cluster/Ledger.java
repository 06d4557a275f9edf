/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.connectionguard.tests.server.Sessions;
import org.connectionguard.tests.server.TestServers;

/** What the bodies have written, on all nodes. Stateless. */
final class Ledger {
    /** The schema of the table of persistent timers. */
    static final String TIMERS = "timers";

    private Ledger() {}

    /**
     * A body that has begun.
     *
     * @param expiration what it was for, the same on every node
     * @param done whether its work came to the database
     */
    record Entry(String node, String expiration, boolean done, Instant begun) {}

    /** Makes an empty one, and room for the table of persistent timers. */
    static void create() throws SQLException {
        Sessions.execute(
                "create database " + TIMERS,
                "grant all privileges on " + TIMERS + ".* to '"
                        + TestServers.database().user() + "'@'%'",
                "create table defects.cluster_run (id bigint primary key auto_increment, application varchar(20),"
                        + " job varchar(40), node varchar(20), expiration varchar(60), run varchar(60), done datetime(3),"
                        + " begun datetime(3) default current_timestamp(3), key (run))");
    }

    /** The last line that there is; 0 when there is none. */
    static long end() throws SQLException {
        return Sessions.number("select coalesce(max(id), 0) from defects.cluster_run");
    }

    /** A job's lines after that one. */
    static List<Entry> after(long line, Store store, String job) throws SQLException {
        try (Connection connection = TestServers.database().connectAsRoot();
                PreparedStatement statement = connection.prepareStatement(
                        "select node, expiration, done is not null, unix_timestamp(begun) * 1000"
                                + " from defects.cluster_run where id > ? and application = ? and job = ? order by id")) {
            statement.setLong(1, line);
            statement.setString(2, store.application());
            statement.setString(3, job);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getBoolean(3),
                            Instant.ofEpochMilli(rows.getLong(4))));
                }
            }
            return entries;
        }
    }

    /** Those of them whose work came to the database. */
    static List<Entry> doneAfter(long line, Store store, String job) throws SQLException {
        return after(line, store, job).stream().filter(Entry::done).toList();
    }

    /** How many expirations a job's work came to the database for more than once, all stores and jobs together. */
    static long twice() throws SQLException {
        return Sessions.number("select count(*) from (select 1 from defects.cluster_run where done is not null"
                + " group by application, job, expiration having count(*) > 1) twice");
    }

    /** How many timers of a job the table has. */
    static long timers(String job) throws SQLException {
        return Sessions.number(
                "select count(*) from " + TIMERS + ".JBOSS_EJB_TIMER where timed_object_id like '%." + job + "'");
    }
}
