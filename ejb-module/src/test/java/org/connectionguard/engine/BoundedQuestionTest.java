/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
    private final VirtualTime time = new VirtualTime();
    private final BoundedQuestion<String> question = new BoundedQuestion<>(time);
    private final Connection connection = Stub.of(Connection.class, (method, arguments) -> null);

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
}
