/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
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
        "22001, 1406, UNKNOWN",
    })
    void whatMySqlMeans(String state, int code, Meaning meaning) {
        assertThat(Failure.meaning(new SQLException("said the driver", state, code)))
                .isEqualTo(meaning);
    }

    @Test
    void causesAndChainedExceptionsAreSearched() {
        SQLException outer = new SQLException("javax.resource.ResourceException: IJ000453");
        SQLException chained = new SQLException("batch");
        outer.setNextException(chained);
        chained.initCause(new IllegalStateException(new SQLException("denied", "28000", 1045)));
        assertThat(Failure.meaning(new RuntimeException(outer))).isEqualTo(Meaning.PERMANENT);
        assertThat(Failure.describe(outer)).isEqualTo("SQLException: denied (SQLState 28000, code 1045)");
    }

    @Test
    void aCircleOfCausesEnds() {
        SQLException one = new SQLException("one");
        SQLException two = new SQLException("two", one);
        one.initCause(two);
        assertThat(Failure.meaning(one)).isEqualTo(Meaning.UNKNOWN);
    }

    @Test
    void aLostConnectionIsToldFromOtherFailures() {
        assertThat(Failure.isLostConnection(new RuntimeException(new SQLException("x", "08S01"))))
                .isTrue();
        assertThat(Failure.isLostConnection(new SQLException("duplicate", "23000", 1062)))
                .isFalse();
    }
}
