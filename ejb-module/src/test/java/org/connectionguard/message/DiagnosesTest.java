/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor's sentences that differ with what they tell. */
class DiagnosesTest {
    private static final PoolPlace POOL = new ServerConfiguration("data-source", "X");

    @Test
    void connectionsStayInThePoolForSomeTimeOrForEver() {
        assertThat(whatIsIdleTooLong(Duration.ofMinutes(45)))
                .isEqualTo("idle connections stay in the pool for up to 45 min (one and a half idle-timeout-minutes),"
                        + " and MySQL 9 closes them after 10 min (wait_timeout)");
        assertThat(whatIsIdleTooLong(Duration.ZERO))
                .startsWith("idle connections stay in the pool for ever (idle-timeout-minutes is 0), and MySQL 9");
    }

    private static String whatIsIdleTooLong(Duration stay) {
        return Diagnoses.idleTooLong(POOL, stay, "MySQL 9", "wait_timeout", Duration.ofMinutes(10), 6)
                .what();
    }

    @Test
    void onePoolIsTooLargeOrSeveralTogether() {
        assertThat(whatIsTooLarge(1))
                .isEqualTo("the pool may grow to 90 connections (max-pool-size), and MySQL 9 allows 50"
                        + " (max_connections)");
        assertThat(whatIsTooLarge(2)).startsWith("2 pools together may grow to 90 connections");
    }

    private static String whatIsTooLarge(int pools) {
        return Diagnoses.poolsLargerThanServer(POOL, 90, pools, "MySQL 9", 50, 12)
                .what();
    }

    @Test
    void waitingJobsAreThoseOfOneDataSourceOrOfSeveral() {
        assertThat(Diagnoses.waitingJobsTakeAllTimers(1, 4, "timers", 2).what())
                .isEqualTo(
                        "4 jobs may wait at once (max-waiting-jobs of 1 data source), and the timers have 2 threads");
        assertThat(Diagnoses.waitingJobsTakeAllTimers(3, 12, "timers", 2).what())
                .contains("(max-waiting-jobs of 3 data sources)");
    }

    @ParameterizedTest
    @CsvSource({"PT2M, 2 min", "PT1M59S, 119 s", "PT60S, 60 s", "PT2M1S, 121 s", "PT2M0.5S, 120.5 s", "PT0.1S, 0.1 s"})
    void aSpanIsToldInTheUnitThatFits(Duration after, String told) {
        assertThat(Diagnoses.noAnswer(after)).isEqualTo("no answer within " + told);
    }
}
