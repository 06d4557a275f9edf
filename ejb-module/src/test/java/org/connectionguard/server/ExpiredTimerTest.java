/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;

class ExpiredTimerTest {
    private static Timer of(boolean persistent) {
        return ExpiredTimer.of(Stub.of(Timer.class, (method, arguments) -> switch (method) {
            case "getInfo" -> "order 7";
            case "isPersistent" -> persistent;
            default -> throw new UnsupportedOperationException(method);
        }));
    }

    @Test
    void whatTheTimerHasSaidIsKept() {
        assertThat(of(true).getInfo()).isEqualTo("order 7");
        assertThat(of(true).isPersistent()).isTrue();
        assertThat(of(false).isPersistent()).isFalse();
        assertThat(of(false).isCalendarTimer()).isFalse();
    }

    @Test
    void itDoesNotExpireAgain() {
        Timer timer = of(false);
        assertThatThrownBy(timer::getNextTimeout).isInstanceOf(NoMoreTimeoutsException.class);
        assertThatThrownBy(timer::getTimeRemaining).isInstanceOf(NoMoreTimeoutsException.class);
        assertThatThrownBy(timer::getSchedule).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(timer::getHandle).isInstanceOf(IllegalStateException.class);
        assertThatNoException().isThrownBy(timer::cancel);
    }
}
