/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which calls must not fail: no more than those after which the timer would not be called. */
class FailedTimerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T02:00:00Z");

    private static Timer timer(Duration next, boolean calendar) {
        return Stub.of(Timer.class, (method, arguments) -> switch (method) {
            case "getNextTimeout" -> Date.from(NOW.plus(next));
            case "isCalendarTimer" -> calendar;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static Timer saying(RuntimeException thrown) {
        return Stub.of(Timer.class, (method, arguments) -> {
            throw thrown;
        });
    }

    private static final Timer ONCE = saying(new NoMoreTimeoutsException());
    private static final Timer CANCELLED = saying(new IllegalStateException("It says nothing"));

    @Test
    void whereATimerGoesOnAnyCallMayFail() {
        assertThat(FailedTimer.GOES_ON.wouldEnd(timer(Duration.ofSeconds(2), true), NOW))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatExpiresOnceIsOverAnywayAndMayBeRepeated(FailedTimer failed) {
        assertThat(failed.wouldEnd(ONCE, NOW)).isFalse();
        assertThat(failed.wouldEnd(timer(Duration.ofSeconds(-1), false), NOW))
                .as("as Open Liberty has it")
                .isFalse();
    }

    @Test
    void whereFailuresEndATimerNoCallOfOneThatComesAgainMayFail() {
        // The server has perhaps counted some of which nobody else knows.
        assertThat(FailedTimer.ENDS.wouldEnd(timer(Duration.ofDays(1), true), NOW))
                .isTrue();
        assertThat(FailedTimer.ENDS.wouldEnd(timer(Duration.ofSeconds(2), false), NOW))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT2S, true", "PT4M59S, true", "PT5M1S, false", "P1D, false", "PT-20S, true"})
    void whereItIsHeldUpWhatWouldComeMeanwhileMustNotFail(Duration next, boolean wouldEnd) {
        assertThat(FailedTimer.IS_HELD_UP.wouldEnd(timer(next, true), NOW)).isEqualTo(wouldEnd);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDS", "IS_HELD_UP"})
    void whatSaysNothingMayComeAgain(FailedTimer failed) {
        assertThat(failed.wouldEnd(CANCELLED, NOW)).isTrue();
        assertThat(failed.wouldEnd(new Object(), NOW)).isTrue();
    }
}
