/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MySQL and MariaDB. Codes: MySQL 8.0 and 9.x, MariaDB 11.4, seen through Connector/J 9.7; MariaDB's driver has the same. */
final class MySql implements DatabaseProduct {
    private static final Map<Integer, Meaning> BY_CODE = Map.ofEntries(
            Map.entry(1040, Meaning.EXHAUSTED), // too many connections
            Map.entry(1203, Meaning.EXHAUSTED), // max_user_connections
            Map.entry(1226, Meaning.EXHAUSTED), // MAX_USER_CONNECTIONS of the account
            Map.entry(1053, Meaning.TRANSIENT), // server shutdown in progress
            Map.entry(3032, Meaning.TRANSIENT), // offline mode
            Map.entry(4031, Meaning.TRANSIENT), // closed for inactivity
            Map.entry(1044, Meaning.PERMANENT), // access to the schema denied
            Map.entry(1045, Meaning.PERMANENT), // wrong user or password
            Map.entry(1049, Meaning.PERMANENT), // unknown schema
            Map.entry(1130, Meaning.PERMANENT), // host not allowed
            Map.entry(1251, Meaning.PERMANENT), // authentication protocol not supported
            Map.entry(1698, Meaning.PERMANENT), // wrong user or password, by plugin
            Map.entry(1820, Meaning.PERMANENT), // password to be changed (MariaDB: expired)
            Map.entry(1862, Meaning.PERMANENT), // password expired
            Map.entry(3118, Meaning.PERMANENT), // account locked
            Map.entry(4151, Meaning.PERMANENT)); // account locked (MariaDB)

    /**
     * What ends a session and is told without SQLState 08: 4031 for its idleness, 1927 (MariaDB) and 3169 since it was
     * killed. 1053 is told to each session before a shutdown closes it. Not 1317, which ends a statement; not 1820, which
     * refuses all statements until the password is changed.
     */
    private static final Set<Integer> ENDS_THE_SESSION = Set.of(1053, 1927, 3169, 4031);

    @Override
    public boolean isDriver(String className) {
        return className.startsWith("com.mysql.") || className.startsWith("org.mariadb.jdbc.");
    }

    /** The driver's own connection is known by its class, which costs less than its metadata do. */
    @Override
    public boolean serves(Connection connection) throws SQLException {
        if (isDriver(connection.getClass().getName())) {
            return true;
        }
        String name = connection.getMetaData().getDatabaseProductName();
        return "MySQL".equals(name) || "MariaDB".equals(name);
    }

    @Override
    public Optional<Meaning> meaning(SQLException exception) {
        return Optional.ofNullable(BY_CODE.get(exception.getErrorCode()));
    }

    @Override
    public boolean isLostConnection(SQLException exception) {
        return ENDS_THE_SESSION.contains(exception.getErrorCode());
    }

    /**
     * Never a ping: for two seconds after the begin of a SHUTDOWN, MySQL (9.7 seen) answers one more ping on each
     * connection, and fails the next statement with 1053. DO fails there as SELECT does; it has no rows to be read, which
     * takes half of SELECT's time and memory.
     */
    @Override
    public Optional<String> validationQuery(Connection connection, boolean writable) throws SQLException {
        if (!writable) {
            return Optional.of("DO 1");
        }
        // super_read_only implies read_only, and MariaDB does not know it. From version 12 on, MariaDB's read_only has
        // more values than two. The session's own mode had another name before MySQL 8, and has it in MariaDB.
        DatabaseMetaData server = connection.getMetaData();
        boolean old = isMariaDb(server) || server.getDatabaseMajorVersion() < 8;
        return Optional.of("SELECT @@global.read_only IN ('0', 'OFF') AND @@global.innodb_read_only = 0 AND @@session."
                + (old ? "tx_read_only" : "transaction_read_only") + " = 0");
    }

    /** MariaDB's own driver tells by the name, MySQL's by the version only. */
    private static boolean isMariaDb(DatabaseMetaData server) throws SQLException {
        return "MariaDB".equals(server.getDatabaseProductName())
                || server.getDatabaseProductVersion().contains("MariaDB");
    }

    /**
     * The session's wait_timeout is the one in effect: the server takes it from interactive_timeout for a driver that calls
     * itself interactive, and the driver may set it. MariaDB and MySQL have all these variables in common.
     */
    @Override
    public ServerFacts facts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Optional<String> tls = Optional.empty();
            try (ResultSet answer = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_version'")) {
                if (answer.next()) {
                    tls = Optional.of(answer.getString(2)).filter(version -> !version.isEmpty());
                }
            }
            try (ResultSet answer = statement.executeQuery("SELECT VERSION(), @@session.wait_timeout,"
                    + " @@global.interactive_timeout, @@global.max_connections,"
                    + " @@global.read_only NOT IN ('0', 'OFF') OR @@global.innodb_read_only = 1")) {
                answer.next();
                String version = answer.getString(1);
                return new ServerFacts(
                        (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + version.replaceAll("-.*", ""),
                        Duration.ofSeconds(answer.getLong(2)),
                        Duration.ofSeconds(answer.getLong(3)),
                        answer.getInt(4),
                        answer.getBoolean(5),
                        tls);
            }
        }
    }
}
