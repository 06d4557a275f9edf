/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** By a clock that wraps around. */
class DeadlineTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void whatIsLeftAndWhatWasWaitedMakeUpTheWait() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), time);
        assertThat(deadline.remaining(time)).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(deadline.waited(time)).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(deadline.remaining(time)).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(deadline.waited(time)).isEqualTo(Duration.ofSeconds(1));
        time.pass(Duration.ofSeconds(4));
        assertThat(deadline.remaining(time)).isEqualTo(Duration.ofSeconds(-2).toNanos());
    }

    @Test
    void theEarlierOneIsTheOneThatComesFirstThoughTheClockWrapsAroundInBetween() {
        long before = Long.MAX_VALUE;
        long after = Long.MIN_VALUE;
        assertThat(Deadline.earlier(before, after)).isEqualTo(before);
        assertThat(Deadline.earlier(after, before)).isEqualTo(before);
    }
}
