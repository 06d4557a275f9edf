/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import java.time.Duration;
import java.util.Date;
import org.connectionguard.engine.VirtualTime;
import org.connectionguard.server.TimerFailures.Consequence;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which calls must not fail: no more than those after which the timer would not be called. */
class TimerFailuresTest {
    private final VirtualTime time = new VirtualTime();

    private TimerFailures on(Consequence consequence) {
        return new TimerFailures(consequence, time);
    }

    private Timer timer(Duration next, boolean calendar) {
        return Stub.of(Timer.class, (method, arguments) -> switch (method) {
            case "getNextTimeout" -> Date.from(time.now().plus(next));
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
        TimerFailures failures = on(Consequence.GOES_ON);
        Timer timer = timer(Duration.ofSeconds(2), true);
        failures.over(timer);
        assertThat(failures.wouldEnd(timer)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Consequence.class)
    void whatExpiresOnceIsOverAnywayAndMayBeRepeated(Consequence consequence) {
        TimerFailures failures = on(consequence);
        failures.over(ONCE);
        assertThat(failures.wouldEnd(ONCE)).isFalse();
        // As Open Liberty has it.
        Timer past = timer(Duration.ofSeconds(-1), false);
        failures.over(past);
        assertThat(failures.wouldEnd(past)).isFalse();
    }

    @Test
    void whereTheSecondFailureEndsATimerTheFirstMayBe() {
        TimerFailures failures = on(Consequence.ENDS);
        Timer nightly = timer(Duration.ofDays(1), true);
        Timer other = timer(Duration.ofDays(1), true);
        assertThat(failures.wouldEnd(nightly)).isFalse();
        failures.over(nightly);
        time.pass(Duration.ofSeconds(5));
        assertThat(failures.wouldEnd(nightly)).isTrue();
        assertThat(failures.wouldEnd(other)).isFalse();
        failures.over(nightly);
        time.pass(Duration.ofMinutes(5));
        assertThat(failures.wouldEnd(nightly)).isTrue();
        time.pass(Duration.ofMillis(1));
        assertThat(failures.wouldEnd(nightly)).isFalse();
    }

    @Test
    void theLastCallCountsAndWhatIsOldIsForgotten() {
        TimerFailures failures = on(Consequence.ENDS);
        Timer often = timer(Duration.ofMinutes(4), true);
        failures.over(often);
        for (int i = 0; i < 100; i++) {
            failures.over(timer(Duration.ofDays(1), true));
            time.pass(Duration.ofMinutes(4));
            failures.over(often);
        }
        assertThat(failures.wouldEnd(often)).isTrue();
        assertThat(failures).extracting("over").asInstanceOf(MAP).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({"PT2S, true", "PT4M59S, true", "PT5M1S, false", "P1D, false", "PT-20S, true"})
    void whereItIsHeldUpWhatWouldComeMeanwhileMustNotFail(Duration next, boolean wouldEnd) {
        assertThat(on(Consequence.IS_HELD_UP).wouldEnd(timer(next, true))).isEqualTo(wouldEnd);
    }

    @Test
    void whatSaysNothingMayComeAgain() {
        assertThat(on(Consequence.IS_HELD_UP).wouldEnd(CANCELLED)).isTrue();
        TimerFailures ends = on(Consequence.ENDS);
        Object unknown = new Object();
        ends.over(unknown);
        ends.over(CANCELLED);
        assertThat(ends.wouldEnd(unknown)).isTrue();
        assertThat(ends.wouldEnd(CANCELLED)).isTrue();
    }
}
