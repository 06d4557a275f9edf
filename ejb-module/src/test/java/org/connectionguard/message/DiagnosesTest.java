/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor's sentences that differ with what they tell. */
class DiagnosesTest {
    private static final PoolPlace POOL = new ServerConfiguration("data-source", "X", JdbcExtensions.MYSQL);

    @Test
    void connectionsStayInThePoolForSomeTimeOrForEver() {
        assertThat(whatIsIdleTooLong(Optional.of(Duration.ofMinutes(45))))
                .isEqualTo("idle connections stay in the pool for up to 45 min (one and a half idle-timeout-minutes),"
                        + " and MySQL 9 closes them after 10 min (wait_timeout)");
        assertThat(whatIsIdleTooLong(Optional.empty()))
                .startsWith("idle connections stay in the pool for ever (idle-timeout-minutes is 0), and MySQL 9");
    }

    private static String whatIsIdleTooLong(Optional<Duration> stay) {
        return Diagnoses.idleTooLong(POOL, stay, false, "MySQL 9", "wait_timeout", Duration.ofMinutes(10))
                .what();
    }

    @Test
    void whereACheckoutAsksItFindsWhatTheServerHasClosed() {
        assertThat(Diagnoses.idleTooLong(
                                new HikariPlace("X"),
                                Optional.of(Duration.ofMinutes(30)),
                                true,
                                "MySQL 9",
                                "wait_timeout",
                                Duration.ofMinutes(10))
                        .why())
                .startsWith("the next checkout finds connections that the server has closed");
    }

    @Test
    void aCheckoutWaitsForSomeTimeOrForEver() {
        PoolPlace pool = new GlassFishPlace("X");
        assertThat(Diagnoses.checkoutWaitsLonger(pool, Optional.of(Duration.ofSeconds(60)), Duration.ofSeconds(30))
                        .what())
                .isEqualTo("whoever finds the pool exhausted waits for 60 s (max-wait-time-in-millis)");
        assertThat(Diagnoses.checkoutWaitsLonger(pool, Optional.empty(), Duration.ofSeconds(30))
                        .what())
                .isEqualTo("whoever finds the pool exhausted waits for ever (max-wait-time-in-millis)");
    }

    @ParameterizedTest
    @CsvSource({
        "WildFly, ', as in server-config/wildfly/data-source-recommended.cli'",
        "GlassFish, ', as in server-config/glassfish/data-source-recommended.asadmin'",
        "Open Liberty, ', as in server-config/liberty/data-source-recommended.xml'",
        "TomEE, ', as in server-config/tomee/data-source-recommended.xml'",
        "an unknown server, ''",
    })
    void whatCouldNotBeExaminedIsToBeComparedWithOurOwnSetUpOfThatServer(String server, String file) {
        assertThat(Diagnoses.notExamined(List.of(Gap.DRIVER), server).remedy()).endsWith("end in time" + file);
        if (!file.isEmpty()) {
            // The tests run in the module's directory.
            assertThat(Path.of("..", file.replace(", as in ", ""))).exists();
        }
    }

    @Test
    void whereAPoolCouldStandInAConfigurationThatIsReadThisIsSaid() {
        assertThat(Gap.untold("com.acme.Pool", "WildFly").words())
                .isEqualTo(
                        "its pool and its driver (com.acme.Pool does not tell how they are set up on WildFly, and they"
                                + " do not stand in its datasources subsystem)");
        assertThat(Gap.untold("com.acme.Pool", "TomEE").words()).endsWith("how they are set up on TomEE)");
    }

    @Test
    void onePoolIsTooLargeOrSeveralTogether() {
        assertThat(whatIsTooLarge(1))
                .isEqualTo("the pool may grow to 90 connections (max-pool-size), and MySQL 9 allows 50"
                        + " (max_connections)");
        assertThat(whatIsTooLarge(2)).startsWith("2 pools together may grow to 90 connections");
    }

    private static String whatIsTooLarge(int pools) {
        return Diagnoses.poolsLargerThanServer(POOL, 90, pools, "MySQL 9", 50, "1040", 12)
                .what();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WildFly | /subsystem=ejb3/thread-pool=timers:write-attribute(name=max-threads, value=6)",
                "GlassFish | asadmin set configs.config.server-config.ejb-container.property.thread-max-pool-size=6"
                        + " configs.config.server-config.ejb-container.property.thread-core-pool-size=6, and start the server anew",
                "TomEE | in conf/system.properties: openejb.timer.pool.size = 6",
            })
    void timersGetMoreThreadsInTheServersWords(String server, String remedy) {
        assertThat(Diagnoses.waitingJobsTakeAllTimers(server, 1, 4, "timers", 2).remedy())
                .isEqualTo(remedy);
    }

    @Test
    void waitingJobsAreThoseOfOneDataSourceOrOfSeveral() {
        assertThat(Diagnoses.waitingJobsTakeAllTimers("WildFly", 1, 4, "timers", 2)
                        .what())
                .isEqualTo(
                        "4 jobs may wait at once (max-waiting-jobs of 1 data source), and the timers have 2 threads");
        assertThat(Diagnoses.waitingJobsTakeAllTimers("WildFly", 3, 12, "timers", 2)
                        .what())
                .contains("(max-waiting-jobs of 3 data sources)");
    }

    @ParameterizedTest
    @CsvSource({"PT2M, 2 min", "PT1M59S, 119 s", "PT60S, 60 s", "PT2M1S, 121 s", "PT2M0.5S, 120.5 s", "PT0.1S, 0.1 s"})
    void aSpanIsToldInTheUnitThatFits(Duration after, String told) {
        assertThat(Diagnoses.noAnswer(after)).isEqualTo("no answer within " + told);
    }
}
