/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;

/** What comes through MariaDB's own driver, before anything was learnt of the data source. */
class MariaDbDriverTest {
    private static final Optional<DatabaseProduct> NOTHING_LEARNT = Optional.empty();

    private static SQLException thrown(String state, int code) throws SQLException {
        return new ExceptionFactory(Configuration.parse("jdbc:mariadb://db/app"), HostAddress.from("db", 3306))
                .create("said the server", state, code);
    }

    @ParameterizedTest
    @CsvSource({
        "08004, 1040, EXHAUSTED",
        "42000, 1226, EXHAUSTED",
        "08S01, 1053, TRANSIENT",
        "HY000, 4031, TRANSIENT",
        "28000, 1045, PERMANENT",
        "42000, 1049, PERMANENT",
        "HY000, 4151, PERMANENT",
        "22001, 1406, UNKNOWN",
    })
    void itsCodesAreMySqls(String state, int code, Meaning meaning) throws SQLException {
        assertThat(Products.thatThrew(thrown(state, code))).containsInstanceOf(MySql.class);
        assertThat(Failure.meaning(new IllegalStateException(thrown(state, code)), NOTHING_LEARNT))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "70100, 1927, true",
        "HY000, 1053, true",
        "HY000, 4031, true",
        "08000, 0, true",
        "70100, 1317, false",
        "23000, 1062, false"
    })
    void aLostConnectionIsToldFromOtherFailures(String state, int code, boolean lost) throws SQLException {
        assertThat(Failure.isLostConnection(thrown(state, code), NOTHING_LEARNT))
                .isEqualTo(lost);
    }

    @Test
    void itCannotConnectAndHasLostNoConnection() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Throwable refused = catchThrowable(() ->
                DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + nobody + "/app?user=app&password=s3cret"));
        assertThat(Products.thatThrew((SQLException) refused)).containsInstanceOf(MySql.class);
        assertThat(Failure.meaning(refused, NOTHING_LEARNT)).isEqualTo(Meaning.TRANSIENT);
        assertThat(Failure.isLostConnection(refused, NOTHING_LEARNT)).isFalse();
    }
}
