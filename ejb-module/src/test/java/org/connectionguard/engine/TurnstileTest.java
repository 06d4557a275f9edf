/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for whom, and how long at most. In virtual time, where nobody but the clock moves during a wait. */
class TurnstileTest {
    private static final Duration PATIENCE = Duration.ofMillis(20);
    private static final Duration FOR_EVER = Duration.ofHours(1);

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
    void whoExchangesWaitsForEachOfThem() {
        take();
        take("other");
        time.at(Duration.ofMillis(3), () -> turnstile.taken("one"));
        time.at(Duration.ofMillis(5), () -> turnstile.taken("other"));
        assertThat(waited(() -> exchange("third"))).isEqualTo(Duration.ofMillis(5));
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

    /** A lock that were not given back would hold up every other thread for ever. */
    @Test
    void everyOtherThreadMayCallAfterEachOfItsMethods() throws Exception {
        List<Runnable> methods =
                List.of(this::take, () -> turnstile.taken("one"), this::exchange, () -> turnstile.exchanged("one"));
        for (Runnable method : methods) {
            method.run();
            CompletableFuture.runAsync(() -> turnstile.taken("nobody")).get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoTakesIsWokenWhenTheLastExchangeIsDone() throws Exception {
        Turnstile real = new Turnstile(Time.SYSTEM);
        real.exchange("one", PATIENCE.toNanos());
        assertWoken(() -> real.take("other", FOR_EVER.toNanos()), () -> real.exchanged("one"));
    }

    @Test
    void whoExchangesIsWokenWhenTheLastOneHasTaken() throws Exception {
        Turnstile real = new Turnstile(Time.SYSTEM);
        real.take("one", PATIENCE.toNanos());
        assertWoken(() -> real.exchange("other", FOR_EVER.toNanos()), () -> real.taken("one"));
    }

    private static void assertWoken(Runnable waits, Runnable wakes) throws Exception {
        Thread waiting = new Thread(waits);
        waiting.setDaemon(true);
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        wakes.run();
        waiting.join(Duration.ofSeconds(10).toMillis());
        assertThat(waiting.isAlive()).isFalse();
    }
}
