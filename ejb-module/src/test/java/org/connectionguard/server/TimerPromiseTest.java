/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Timer;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerPromiseTest {
    private static final TimerPromise NOTHING = new TimerPromise(Optional.empty(), false);

    @Test
    void aTimerSaysWhenItComesAgain() {
        Instant next = Instant.parse("2026-11-27T02:00:00Z");
        Timer timer = Stub.of(Timer.class, (method, arguments) -> Date.from(next));
        assertThat(TimerPromise.of(timer)).isEqualTo(new TimerPromise(Optional.of(next), false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyACalendarTimersLastCallIsTheEndOfASchedule(boolean calendar) {
        Timer timer = Stub.of(Timer.class, (method, arguments) -> {
            if (method.equals("isCalendarTimer")) {
                return calendar;
            }
            throw new NoMoreTimeoutsException();
        });
        assertThat(TimerPromise.of(timer)).isEqualTo(new TimerPromise(Optional.empty(), calendar));
    }

    @Test
    void aTimerThatIsGoneSaysNothing() {
        assertThat(TimerPromise.of(Stub.of(Timer.class, (method, arguments) -> {
                    throw new NoSuchObjectLocalException("cancelled");
                })))
                .isEqualTo(NOTHING);
    }

    @Test
    void whatIsNoTimerSaysNothing() {
        assertThat(TimerPromise.of(null)).isEqualTo(NOTHING);
        assertThat(TimerPromise.of("another server's")).isEqualTo(NOTHING);
    }
}
