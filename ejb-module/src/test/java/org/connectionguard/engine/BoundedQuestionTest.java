/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.connectionguard.engine.BoundedQuestion.Phase;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is interrupted, and what is aborted, and when not. */
@Timeout(60)
class BoundedQuestionTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final BoundedQuestion<String> question = new BoundedQuestion<>(time);
    private final Connection connection = Stub.of(Connection.class, (method, arguments) -> null);

    /** Of waiting. */
    private volatile boolean enough;

    @AfterEach
    void isNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"BORROWING", "PINNING"})
    void whoWaitsForAConnectionIsInterruptedAndNoLongerWhenItIsThere(Phase waiting) {
        question.begin();
        question.enter(waiting);
        question.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        question.enter(Phase.VALIDATING, connection);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"VALIDATING", "RETURNING", "EVICTING"})
    void whoHasAConnectionIsNotInterruptedAsThatCouldBeAHealthyOnesEnd(Phase phase) {
        question.begin();
        question.enter(phase, connection);
        question.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whoWasInterruptedBeforeItBeganIsWhenItDoesAndLeavesItsThreadAsItWas() {
        question.interrupt();
        question.begin();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        question.answer("late");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whoIsBackIsNotInterrupted() {
        question.begin();
        question.answer("there");
        question.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void theWaitOfAPlatformThreadForThePoolIsSeen() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Thread asking = new Thread(() -> {
            question.begin();
            try {
                never.await();
            } catch (InterruptedException e) {
                question.answer("interrupted");
            }
        });
        asking.start();
        while (!question.waitsForPool()) {
            Thread.onSpinWait();
        }
        question.enter(Phase.VALIDATING, connection);
        assertThat(question.waitsForPool()).isFalse();
        question.enter(Phase.BORROWING);
        question.interruptNetwork();
        assertThat(asking.isInterrupted()).isFalse();
        assertThat(question.waitsForPool()).isTrue();
        question.interrupt();
        asking.join();
        assertThat(question.leaveBehind()).contains("interrupted");
    }

    @Test
    void aConnectionIsGivenOutOnceAndWhatItsSilenceLastedIsRemembered() {
        question.begin();
        question.enter(Phase.VALIDATING, connection);
        assertThat(question.takeSilent(Duration.ofSeconds(2))).contains(connection);
        assertThat(question.takeSilent(Duration.ofSeconds(3))).isEmpty();
        assertThat(question.spareConnection()).contains(Duration.ofSeconds(2));
    }

    @Test
    void whoWaitsHasTheAnswerAtOnceElseLooksWhenHeMeantTo() throws InterruptedException {
        time.at(Duration.ofSeconds(3), () -> question.answer("there"));
        List<Duration> looks = new ArrayList<>();
        long start = time.nanos();
        assertThat(question.await((asked, now) -> {
                    looks.add(Duration.ofNanos(now - start));
                    return now + Duration.ofSeconds(2).toNanos();
                }))
                .contains("there");
        assertThat(looks).containsExactly(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(question.phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void whoDoesNotWantToWaitAnyMoreHasNothing() throws InterruptedException {
        assertThat(question.await((asked, now) -> now)).isEmpty();
        assertThat(question.isLeftBehind()).isFalse();
    }

    @Test
    void aPhaseBeginsWhenItIsEntered() {
        time.pass(Duration.ofSeconds(1));
        question.enter(Phase.EVICTING);
        assertThat(question.phaseStart()).isEqualTo(time.nanos());
        assertThat(question.phase()).isEqualTo(Phase.EVICTING);
    }

    @Test
    void ofOneThatIsLeftBehindTheAnswerIsItsOwnBusiness() {
        assertThat(question.leaveBehind()).isEmpty();
        assertThat(question.isLeftBehind()).isTrue();
        assertThat(question.enterTransaction()).isFalse();
        assertThat(question.hasEnteredTransaction()).isFalse();
        assertThat(question.answer("late")).isFalse();
    }

    @Test
    void anAnswerThatIsThereIsNotLeftBehind() {
        assertThat(question.enterTransaction()).isTrue();
        assertThat(question.hasEnteredTransaction()).isTrue();
        assertThat(question.phase()).isEqualTo(Phase.PINNING);
        assertThat(question.answer("there")).isTrue();
        assertThat(question.leaveBehind()).contains("there");
        assertThat(question.isLeftBehind()).isFalse();
    }

    @Test
    void whoHasAConnectionIsNotLeftBehindForWantOfOne() {
        question.enter(Phase.VALIDATING, connection);
        assertThat(question.leaveBehindWhileBorrowing()).isFalse();
        assertThat(question.isLeftBehind()).isFalse();
        question.enter(Phase.BORROWING);
        assertThat(question.leaveBehindWhileBorrowing()).isTrue();
        assertThat(question.isLeftBehind()).isTrue();
    }

    @Test
    void whatIsNamedLastIsAbortedAndWhatIsSparedIsNot() {
        question.enter(Phase.VALIDATING, connection);
        Connection behind = Stub.of(Connection.class, (method, arguments) -> null);
        question.mayAbort(behind);
        assertThat(question.takeSilent(Duration.ofSeconds(2))).contains(behind);
        BoundedQuestion<String> answered = new BoundedQuestion<>(time);
        answered.enter(Phase.VALIDATING, connection);
        assertThat(answered.spareConnection()).isEmpty();
        assertThat(answered.takeSilent(Duration.ofSeconds(2))).isEmpty();
        answered.enter(Phase.RETURNING, connection);
        answered.answer("there");
        assertThat(answered.takeSilent(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void aThreadThatRunsWaitsForNothing() {
        question.begin();
        assertThat(question.waitsForPool()).isFalse();
    }

    @Test
    void aThreadThatWaitsBelowTheNetworksCodeDoesNotWaitForThePool() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ReadableByteChannel silent = Stub.of(ReadableByteChannel.class, (method, arguments) -> {
            never.await();
            return -1;
        });
        Thread asking = new Thread(() -> {
            question.begin();
            try {
                Channels.newInputStream(silent).read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asking.start();
        await(asking, Thread.State.WAITING);
        assertThat(question.waitsForPool()).isFalse();
        never.countDown();
        asking.join();
    }

    @Test
    void aWaitForTheNetworkEndsByInterruptionWhateverThePoolBears() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ReadableByteChannel silent = Stub.of(ReadableByteChannel.class, (method, arguments) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                question.answer("interrupted");
            }
            return -1;
        });
        Thread asking = new Thread(() -> {
            question.begin();
            try {
                Channels.newInputStream(silent).read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asking.start();
        await(asking, Thread.State.WAITING);
        question.interruptNetwork();
        asking.join();
        assertThat(question.leaveBehind()).contains("interrupted");
    }

    private static void await(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoWaitsIsWokenByTheAnswer() throws Exception {
        assertWoken(asked -> asked.answer("there"), "there");
    }

    @Test
    void whoWaitsIsWokenToLookAtHisWatchAgain() throws Exception {
        assertWoken(
                asked -> {
                    enough = true;
                    asked.wake();
                },
                "nothing");
    }

    private void assertWoken(Consumer<BoundedQuestion<String>> wakes, String has) throws Exception {
        BoundedQuestion<String> real = new BoundedQuestion<>(Time.SYSTEM);
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                found.complete(real.await((asked, now) -> enough ? now : now + FOR_EVER.toNanos())
                        .orElse("nothing"));
            } catch (InterruptedException e) {
                found.completeExceptionally(e);
            }
        });
        waiting.setDaemon(true);
        waiting.start();
        await(waiting, Thread.State.TIMED_WAITING);
        wakes.accept(real);
        assertThat(found.get(10, TimeUnit.SECONDS)).isEqualTo(has);
    }

    @Test
    void everyOtherThreadMayCallAfterAWaitToo() throws Exception {
        question.await((asked, now) -> now);
        CompletableFuture.runAsync(question::phase).get(10, TimeUnit.SECONDS);
    }

    /** A lock that were not given back would hold up every other thread for ever. */
    @Test
    void everyOtherThreadMayCallAfterEachOfItsMethods() throws Exception {
        List<Consumer<BoundedQuestion<String>>> methods = List.of(
                BoundedQuestion::begin,
                asked -> asked.enter(Phase.VALIDATING, connection),
                asked -> asked.mayAbort(connection),
                BoundedQuestion::spareConnection,
                asked -> asked.takeSilent(Duration.ZERO),
                BoundedQuestion::enterTransaction,
                BoundedQuestion::hasEnteredTransaction,
                BoundedQuestion::phase,
                BoundedQuestion::phaseStart,
                BoundedQuestion::waitsForPool,
                BoundedQuestion::interrupt,
                BoundedQuestion::wake,
                BoundedQuestion::isLeftBehind,
                BoundedQuestion::leaveBehindWhileBorrowing,
                BoundedQuestion::leaveBehind,
                asked -> asked.answer("there"));
        for (Consumer<BoundedQuestion<String>> method : methods) {
            BoundedQuestion<String> asked = new BoundedQuestion<>(time);
            method.accept(asked);
            CompletableFuture.runAsync(asked::phase).get(10, TimeUnit.SECONDS);
        }
        Thread.interrupted();
    }
}
