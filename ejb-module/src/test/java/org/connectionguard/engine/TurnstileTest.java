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
        turnstile.take(PATIENCE.toNanos());
    }

    private void exchange() {
        turnstile.exchange(PATIENCE.toNanos());
    }

    @Test
    void thoseOfOneKindDoNotWaitForEachOther() {
        take();
        assertThat(waited(this::take)).isZero();
        turnstile.taken();
        turnstile.taken();
        exchange();
        assertThat(waited(this::exchange)).isZero();
    }

    @Test
    void whoTakesWaitsUntilAllThatExchangeHaveDone() {
        exchange();
        exchange();
        time.at(Duration.ofMillis(3), turnstile::exchanged);
        time.at(Duration.ofMillis(5), turnstile::exchanged);
        assertThat(waited(this::take)).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void whoExchangesWaitsUntilAllThatTakeHaveDone() {
        take();
        time.at(Duration.ofMillis(7), turnstile::taken);
        assertThat(waited(this::exchange)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void whatLastsTooLongIsNotWaitedFor() {
        take();
        assertThat(waited(this::exchange)).isEqualTo(PATIENCE);
        assertThat(waited(this::take)).isEqualTo(PATIENCE);
    }

    @Test
    void whoIsInterruptedGoesOnAndStaysInterrupted() {
        exchange();
        Thread.currentThread().interrupt();
        assertThat(waited(this::take)).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }
}
