/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL. It has no vendor codes: its SQLStates say all, in classes of its own beside the standard's. */
final class PostgreSql implements DatabaseProduct {
    private static final Map<String, Meaning> BY_STATE = Map.ofEntries(
            Map.entry("53300", Meaning.EXHAUSTED), // too many connections, of the server, the database or the role
            Map.entry("25006", Meaning.TRANSIENT), // read-only: a standby, until it is promoted
            Map.entry("25P03", Meaning.TRANSIENT), // idle in a transaction for too long
            Map.entry("25P04", Meaning.TRANSIENT), // a transaction took too long
            Map.entry("57P01", Meaning.TRANSIENT), // shut down or terminated by an administrator
            Map.entry("57P02", Meaning.TRANSIENT), // another session crashed, and so all are ended
            Map.entry("57P03", Meaning.TRANSIENT), // starting up, shutting down or recovering
            Map.entry("57P05", Meaning.TRANSIENT), // idle for too long
            Map.entry("42501", Meaning.PERMANENT), // access to the database denied
            Map.entry("57P04", Meaning.PERMANENT)); // the database was dropped

    /** What ends a session and is told without SQLState 08. Not 57014, which ends a statement. */
    private static final Set<String> ENDS_THE_SESSION = Set.of("25P03", "25P04", "57P01", "57P02", "57P04", "57P05");

    /** A server that closes no session for its idleness. */
    private static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

    /** On a standby all transactions are read-only, too; the second question says so wherever the first is not clear. */
    private static final String READ_ONLY =
            "(current_setting('transaction_read_only')::boolean OR pg_is_in_recovery())";

    @Override
    public boolean isDriver(String className) {
        return className.startsWith("org.postgresql.");
    }

    /** The driver's own connection is known by its class; one for XA is a proxy. */
    @Override
    public boolean serves(Connection connection) throws SQLException {
        return isDriver(connection.getClass().getName())
                || "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
    }

    @Override
    public Optional<Meaning> meaning(SQLException exception) {
        return Optional.ofNullable(exception.getSQLState()).map(BY_STATE::get);
    }

    @Override
    public boolean isLostConnection(SQLException exception) {
        return Optional.ofNullable(exception.getSQLState())
                .filter(ENDS_THE_SESSION::contains)
                .isPresent();
    }

    /**
     * {@link Connection#isValid} costs as much and does not tell why a session has ended. But where autocommit is off, a
     * statement begins a transaction, which nobody ends while the connection is idle in its pool; that does not.
     */
    @Override
    public Optional<String> validationQuery(Connection connection, boolean writable) throws SQLException {
        if (writable) {
            return Optional.of("SELECT CASE WHEN " + READ_ONLY + " THEN 0 ELSE 1 END");
        }
        return connection.getAutoCommit() ? Optional.of("SELECT 1") : Optional.empty();
    }

    /** The time-out for idle sessions is there from version 14 on, in milliseconds, and off by default. */
    @Override
    public ServerFacts facts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT current_setting('server_version'),"
                        + " COALESCE((SELECT setting FROM pg_settings WHERE name = 'idle_session_timeout'), '0')::bigint,"
                        + " current_setting('max_connections')::integer, " + READ_ONLY
                        + ", COALESCE((SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()), '')")) {
            answer.next();
            long idle = answer.getLong(2);
            Duration timeout = idle == 0 ? NEVER : Duration.ofMillis(idle);
            return new ServerFacts(
                    "PostgreSQL " + answer.getString(1).replaceAll(" .*", ""),
                    timeout,
                    timeout,
                    answer.getInt(3),
                    answer.getBoolean(4),
                    Optional.of(answer.getString(5)).filter(version -> !version.isEmpty()));
        }
    }
}
