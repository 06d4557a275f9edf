/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who waits for whom, and how long at most. In virtual time, where nobody but the clock moves during a wait. */
class TurnstileTest {
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final VirtualTime time = new VirtualTime();
    private final Turnstile turnstile = new Turnstile(time);

    private Duration waited(Runnable step) {
        long start = time.nanos();
        step.run();
        return Duration.ofNanos(time.nanos() - start);
    }

    private void take() {
        take("one");
    }

    private void take(String who) {
        turnstile.take(who, PATIENCE.toNanos());
    }

    private void exchange() {
        exchange("one");
    }

    private void exchange(String who) {
        turnstile.exchange(who, PATIENCE.toNanos());
    }

    @Test
    void thoseOfOneKindDoNotWaitForEachOther() {
        take();
        assertThat(waited(() -> take("other"))).isZero();
        turnstile.taken("one");
        turnstile.taken("other");
        exchange();
        assertThat(waited(() -> exchange("other"))).isZero();
    }

    @Test
    void whoTakesWaitsUntilAllThatExchangeHaveDone() {
        exchange();
        exchange("other");
        time.at(Duration.ofMillis(3), () -> turnstile.exchanged("one"));
        time.at(Duration.ofMillis(5), () -> turnstile.exchanged("other"));
        assertThat(waited(() -> take("third"))).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void whoExchangesWaitsUntilAllThatTakeHaveDone() {
        take();
        time.at(Duration.ofMillis(7), () -> turnstile.taken("one"));
        assertThat(waited(() -> exchange("other"))).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void whatLastsTooLongIsNotWaitedFor() {
        take();
        assertThat(waited(() -> exchange("other"))).isEqualTo(PATIENCE);
        assertThat(waited(() -> take("third"))).isEqualTo(PATIENCE);
    }

    @Test
    void whatMayNeverComeBackIsNotWaitedForAtAll() {
        take();
        turnstile.forget("one");
        assertThat(waited(() -> exchange("other"))).isZero();
        turnstile.forget("other");
        assertThat(waited(this::take)).isZero();
    }

    @Test
    void whoIsInterruptedGoesOnAndStaysInterrupted() {
        exchange();
        Thread.currentThread().interrupt();
        assertThat(waited(() -> take("other"))).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }
}
