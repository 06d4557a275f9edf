/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class PostgreSqlTest {
    private static final Optional<DatabaseProduct> POSTGRESQL = Optional.of(new PostgreSql());
    private static final Optional<DatabaseProduct> NOTHING_LEARNT = Optional.empty();

    private final PostgreSql postgreSql = new PostgreSql();

    private static SQLException thrown(String state) {
        return new SQLException("said the driver", state);
    }

    @ParameterizedTest
    @CsvSource({
        "08006, TRANSIENT",
        "25006, TRANSIENT",
        "25P03, TRANSIENT",
        "25P04, TRANSIENT",
        "57P01, TRANSIENT",
        "57P02, TRANSIENT",
        "57P03, TRANSIENT",
        "57P05, TRANSIENT",
        "53300, EXHAUSTED",
        "28P01, PERMANENT",
        "28000, PERMANENT",
        "3D000, PERMANENT",
        "42501, PERMANENT",
        "57P04, PERMANENT",
        "57014, UNKNOWN",
        "23505, UNKNOWN",
        ", UNKNOWN",
    })
    void whatItsStatesMean(String state, Meaning meaning) {
        assertThat(Failure.meaning(thrown(state), POSTGRESQL)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25P03", "25P04", "57P01", "57P02", "57P04", "57P05"})
    void itEndsSessionsWithoutSayingSoInTheStatesClass(String state) {
        assertThat(Failure.isLostConnection(thrown(state), POSTGRESQL)).isTrue();
        assertThat(Failure.isLostConnection(thrown(state), NOTHING_LEARNT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "25P02", "53300", "57014", "57P03", "28P01", "3D000"})
    void aSessionThatGoesOnOrNeverWasIsNotLost(String state) {
        assertThat(Failure.isLostConnection(thrown(state), POSTGRESQL)).isFalse();
    }

    @Test
    void anExceptionOfItsDriversIsKnownBeforeAnyConnection() {
        SQLException full = new PSQLException("sorry, too many clients already", PSQLState.UNKNOWN_STATE) {
            private static final long serialVersionUID = 1;

            @Override
            public String getSQLState() {
                return "53300";
            }
        };
        full.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.postgresql.core.v3.ConnectionFactoryImpl", "doAuthentication", null, -1)
        });
        assertThat(Failure.meaning(new IllegalStateException(full), NOTHING_LEARNT))
                .isEqualTo(Meaning.EXHAUSTED);
    }

    @Test
    void itsDriverCannotConnectAndHasLostNoConnection() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Throwable refused = catchThrowable(
                () -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + nobody + "/app", "app", "s3cret"));
        assertThat(refused).isInstanceOf(PSQLException.class);
        assertThat(Products.thatThrew((SQLException) refused)).containsInstanceOf(PostgreSql.class);
        assertThat(Failure.meaning(refused, NOTHING_LEARNT)).isEqualTo(Meaning.TRANSIENT);
        assertThat(Failure.isLostConnection(refused, POSTGRESQL)).isFalse();
    }

    @Test
    void aConnectionForXaIsKnownByWhatItsDriverKnows() throws SQLException {
        assertThat(postgreSql.serves(FakeConnection.to("PostgreSQL", "17.2", 17)))
                .isTrue();
        assertThat(postgreSql.serves(FakeConnection.to("EnterpriseDB", "17.2", 17)))
                .isFalse();
    }

    /** Its server answers them in PostgreSqlServerTest. */
    @ParameterizedTest
    @CsvSource({"true, SELECT 1", "false, "})
    void withoutAutocommitNoStatementIsSentThatWouldBeginATransaction(boolean autocommit, String query)
            throws SQLException {
        assertThat(postgreSql.validationQuery(FakeConnection.withAutocommit(autocommit), false))
                .isEqualTo(Optional.ofNullable(query));
        assertThat(postgreSql.validationQuery(FakeConnection.withAutocommit(autocommit), true))
                .contains("SELECT CASE WHEN (current_setting('transaction_read_only')::boolean OR pg_is_in_recovery())"
                        + " THEN 0 ELSE 1 END");
    }

    @Test
    void theDriversOwnConnectionIsKnownByItsClass() {
        assertThat(postgreSql.isDriver(PgConnection.class.getName())).isTrue();
        assertThat(postgreSql.isDriver("com.mysql.cj.jdbc.ConnectionImpl")).isFalse();
    }

    private static Connection server(String version, long idleTimeout, boolean readOnly, String tls) {
        return FakeConnection.answering(Map.of(
                "SELECT current_setting('server_version')",
                List.of(List.of(version, idleTimeout, 100, readOnly, tls))));
    }

    @Test
    void whatAServerSaysOfItself() throws SQLException {
        assertThat(postgreSql.facts(server("16.2 (Debian 16.2-1)", 60_000, true, "TLSv1.3")))
                .isEqualTo(new ServerFacts(
                        "PostgreSQL 16.2",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        100,
                        true,
                        Optional.of("TLSv1.3")));
    }

    @Test
    void aServerThatClosesNoIdleSessionNeverDoes() throws SQLException {
        ServerFacts facts = postgreSql.facts(server("13.1", 0, false, ""));

        assertThat(facts.waitTimeout()).isGreaterThan(Duration.ofDays(100_000));
        assertThat(facts.readOnly()).isFalse();
        assertThat(facts.tls()).isEmpty();
    }
}
