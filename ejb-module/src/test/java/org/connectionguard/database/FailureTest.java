/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
    private static final Optional<DatabaseProduct> MYSQL = Optional.of(new MySql());
    private static final Optional<DatabaseProduct> NOTHING_LEARNT = Optional.empty();

    private static SQLException thrown(String state, int code) {
        return new SQLException("said the driver", state, code);
    }

    private static SQLException thrownIn(String type, String method, String state, int code) {
        SQLException exception = thrown(state, code);
        exception.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("jdk.internal.reflect.Factory", "newInstance", null, -1),
            new StackTraceElement(type, method, null, -1),
            new StackTraceElement("org.jboss.jca.adapters.jdbc.local.Factory", "getConnection", null, -1)
        });
        return exception;
    }

    @ParameterizedTest
    @CsvSource({
        "08S01, 0, TRANSIENT",
        "08003, 0, TRANSIENT",
        "08S01, 1053, TRANSIENT",
        "HY000, 3032, TRANSIENT",
        "08004, 1040, EXHAUSTED",
        "42000, 1226, EXHAUSTED",
        "28000, 1045, PERMANENT",
        "42000, 1049, PERMANENT",
        "42000, 1044, PERMANENT",
        "HY000, 3118, PERMANENT",
        "S1000, 1862, PERMANENT",
        "HY000, 4151, PERMANENT",
        "HY000, 1820, PERMANENT",
        "22001, 1406, UNKNOWN",
    })
    void whatMySqlMeans(String state, int code, Meaning meaning) {
        assertThat(Failure.meaning(thrown(state, code), MYSQL)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "08004, 1040, TRANSIENT",
        "72000, 1040, UNKNOWN",
        "42000, 1049, UNKNOWN",
        "28P01, 0, PERMANENT",
        "28000, 1017, PERMANENT",
        "3D000, 0, PERMANENT",
        "08001, 0, TRANSIENT",
        "99999, 4151, UNKNOWN",
        "0, 1045, UNKNOWN",
        ", 1045, UNKNOWN",
    })
    void ofAProductThatNobodyKnowsOnlyTheStatesClassHasAMeaning(String state, int code, Meaning meaning) {
        assertThat(Failure.meaning(thrown(state, code), NOTHING_LEARNT)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.mysql.cj.jdbc.ConnectionImpl", "org.mariadb.jdbc.export.ExceptionFactory"})
    void beforeAnyConnectionTheDriverThatThrewTellsWhoseCodeItIs(String driver) {
        SQLException denied = thrownIn(driver, "create", "42000", 1226);
        assertThat(Failure.meaning(new SQLException("IJ031084", new IllegalStateException(denied)), NOTHING_LEARNT))
                .isEqualTo(Meaning.EXHAUSTED);
        assertThat(Failure.meaning(
                        thrownIn("oracle.jdbc.driver.T4CConnection", "logon", "72000", 1040), NOTHING_LEARNT))
                .isEqualTo(Meaning.UNKNOWN);
    }

    @Test
    void aVendorCodeSaysMoreThanTheStateOfWhatThePoolWrappedItIn() {
        SQLException pools = new SQLException("no connection available", "08004", thrown("08004", 1040));
        assertThat(Failure.meaning(pools, MYSQL)).isEqualTo(Meaning.EXHAUSTED);
        assertThat(Failure.meaning(pools, NOTHING_LEARNT)).isEqualTo(Meaning.TRANSIENT);
    }

    @Test
    void causesAndChainedExceptionsAreSearched() {
        SQLException outer = new SQLException("javax.resource.ResourceException: IJ000453");
        SQLException chained = new SQLException("batch");
        outer.setNextException(chained);
        chained.initCause(new IllegalStateException(new SQLException("denied", "28000", 1045)));
        assertThat(Failure.meaning(new RuntimeException(outer), NOTHING_LEARNT)).isEqualTo(Meaning.PERMANENT);
        assertThat(Failure.describe(outer)).isEqualTo("SQLException: denied (SQLState 28000, code 1045)");
        assertThat(Failure.has(outer, IllegalStateException.class::isInstance)).isTrue();
        assertThat(Failure.has(outer, Error.class::isInstance)).isFalse();
    }

    @Test
    void aCircleOfCausesEnds() {
        SQLException one = new SQLException("one");
        SQLException two = new SQLException("two", one);
        one.initCause(two);
        assertThat(Failure.meaning(one, MYSQL)).isEqualTo(Meaning.UNKNOWN);
    }

    @Test
    void withoutAStateTheRootIsDescribed() {
        assertThat(Failure.describe(new SQLException("IJ000453", new IllegalStateException("pool is shut\ndown"))))
                .isEqualTo("IllegalStateException: pool is shut");
    }

    @Test
    void aUrlsPasswordIsNotTold() {
        Throwable noDriver =
                catchThrowable(() -> DriverManager.getConnection("jdbc:nosuch://db:3306/app?user=app&password=s3cret"));
        assertThat(Failure.describe(noDriver))
                .isEqualTo("SQLException: No suitable driver found for jdbc:nosuch://db:3306/app"
                        + " (SQLState 08001, code 0)");
    }

    @ParameterizedTest
    @CsvSource({
        "08S01, 0, true",
        "08003, 0, true",
        "08006, 0, true",
        "08007, 0, true",
        "08001, 0, false",
        "08004, 1040, false",
        "23000, 1062, false",
        "70100, 1317, false",
        "HY000, 1193, false",
        "HY000, 1820, false",
        ", 0, false",
    })
    void aLostConnectionIsToldFromOtherFailures(String state, int code, boolean lost) {
        assertThat(Failure.isLostConnection(new RuntimeException(thrown(state, code)), MYSQL))
                .isEqualTo(lost);
        assertThat(Failure.isLostConnection(new RuntimeException(thrown(state, code)), NOTHING_LEARNT))
                .isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({"HY000, 1053", "70100, 1927", "HY000, 3169", "HY000, 4031"})
    void mySqlEndsSessionsWithoutSayingSoInTheState(String state, int code) {
        assertThat(Failure.isLostConnection(thrown(state, code), MYSQL)).isTrue();
        assertThat(Failure.isLostConnection(thrown(state, code), NOTHING_LEARNT))
                .isFalse();
    }

    @Test
    void aRecoverableExceptionIsALostConnectionByJdbcsDefinition() {
        assertThat(Failure.isLostConnection(new SQLRecoverableException("Closed connection"), NOTHING_LEARNT))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.mysql.cj.jdbc.NonRegisteringDriver", "org.postgresql.Driver"})
    void whoCannotConnectHasLostNoConnection(String driver) {
        assertThat(Failure.isLostConnection(thrownIn(driver, "connect", "08S01", 0), MYSQL))
                .isFalse();
        assertThat(Failure.isLostConnection(thrownIn(driver, "query", "08S01", 0), MYSQL))
                .isTrue();
        assertThat(Failure.isLostConnection(thrownIn("com.acme.Client", "connect", "08S01", 0), MYSQL))
                .isTrue();
    }

    @Test
    void connectorJCannotConnectAndHasLostNoConnection() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Throwable refused = catchThrowable(() ->
                DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + nobody + "/app?user=app&password=s3cret"));
        assertThat(refused)
                .isInstanceOf(SQLRecoverableException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08S01");
        assertThat(Products.thatThrew((SQLException) refused)).containsInstanceOf(MySql.class);
        assertThat(Failure.meaning(refused, NOTHING_LEARNT)).isEqualTo(Meaning.TRANSIENT);
        assertThat(Failure.isLostConnection(refused, MYSQL)).isFalse();
    }
}
