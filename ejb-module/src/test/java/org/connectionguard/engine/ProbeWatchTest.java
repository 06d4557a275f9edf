/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.BoundedQuestion.Phase;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a job looks at its probe again, and what it does then. In virtual time. */
@Timeout(60)
class ProbeWatchTest {
    private static final Settings SETTINGS = Settings.DEFAULTS
            .withValidationTimeout(Duration.ofSeconds(2))
            .withInitialBackoff(Duration.ofMillis(100))
            .withMaxWait(Duration.ofSeconds(30));
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final VirtualTime time = new VirtualTime();
    private final FakePool pool = new FakePool();
    private final Connection connection = Stub.of(Connection.class, (method, arguments) -> null);
    private final List<Connection> aborted = new ArrayList<>();
    private final FakeTransaction transaction = new FakeTransaction();
    private final Probe probe = probe();
    private final BoundedQuestion<Outcome> question = probe.question();
    private boolean stopped;
    private boolean mayBeFull = true;
    private boolean heldUp;
    private boolean lastPlace;

    /** Active. */
    private static final class FakeTransaction implements JobTransaction {
        @Override
        public boolean isActive() {
            return true;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public boolean letsThreadsIn() {
            return true;
        }

        @Override
        public <T> T within(Work<T> work) {
            throw new UnsupportedOperationException();
        }
    }

    private Probe probe() {
        Probe.Surroundings surroundings = Stub.of(Probe.Surroundings.class, (method, arguments) -> switch (method) {
            case "time" -> time;
            case "poolBearsInterruption" -> true;
            case "isPoolHeldUp" -> heldUp;
            case "mayPoolBeFull" -> mayBeFull;
            case "mayAskBeside" -> !lastPlace;
            case "era" -> 0L;
            default -> throw new UnsupportedOperationException(method);
        });
        return new Probe(
                surroundings,
                pool.dataSource,
                SETTINGS,
                Optional.empty(),
                OptionalLong.empty(),
                new Probe.Orders(false, false, false, OwnFaults.EVICT));
    }

    private ProbeWatch watch(Optional<JobTransaction> inside) {
        Visit visit = new Visit(
                0,
                "java:x",
                new Target("java:x", pool.dataSource, SETTINGS),
                Deadline.after(SETTINGS.maxWait(), time),
                inside,
                OptionalLong.empty(),
                new ReentrantLock().newCondition(),
                time);
        return new ProbeWatch(visit, probe, PATIENCE.toNanos(), () -> stopped, aborted::add, time);
    }

    private ProbeWatch outside() {
        return watch(Optional.empty());
    }

    private ProbeWatch inside() {
        return watch(Optional.of(transaction));
    }

    /** How long it will be until it looks again. */
    private Duration next(ProbeWatch watch) {
        return next((BoundedQuestion.Watch<Outcome>) watch);
    }

    private Duration next(BoundedQuestion.Watch<Outcome> watch) {
        return Duration.ofNanos(watch.nextLook(question, time.nanos()) - time.nanos());
    }

    private interface Work {
        void run();
    }

    /** While a thread asks that waits for a permit of its pool. */
    private void whileWaitingForPool(Work work) throws InterruptedException {
        CountDownLatch permit = new CountDownLatch(1);
        Thread asking = new Thread(() -> {
            question.begin();
            try {
                permit.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        asking.start();
        while (!question.waitsForPool()) {
            Thread.onSpinWait();
        }
        try {
            work.run();
        } finally {
            permit.countDown();
            asking.join();
        }
    }

    @Test
    void aConnectIsGivenItsPatienceAndNoMore() {
        ProbeWatch watch = outside();
        assertThat(next(watch)).isEqualTo(PATIENCE);
        time.pass(PATIENCE.minusNanos(1));
        assertThat(next(watch)).isEqualTo(Duration.ofNanos(1));
        time.pass(Duration.ofNanos(1));
        assertThat(next(watch)).isZero();
        assertThat(watch.hasEnded()).isFalse();
        assertThat(watch.isPoolFull()).isFalse();
    }

    @Test
    void beforeTheLastPlaceOfThePoolItsPatienceHasNoEnd() {
        lastPlace = true;
        for (ProbeWatch watch : List.of(outside(), inside())) {
            time.pass(PATIENCE);
            assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
            assertThat(watch.hasEnded()).isFalse();
        }
    }

    @Test
    void whoseTransactionMayHaveAConnectionLooksSoonerWhetherThePoolIsFull() throws InterruptedException {
        ProbeWatch watch = inside();
        assertThat(next(watch)).isEqualTo(SETTINGS.initialBackoff());
        time.pass(SETTINGS.initialBackoff().minusMillis(30));
        assertThat(next(watch)).isEqualTo(Duration.ofMillis(30));
        time.pass(Duration.ofMillis(30));
        whileWaitingForPool(() -> assertThat(next(watch)).isZero());
        assertThat(watch.isPoolFull()).isTrue();
        assertThat(watch.hasEnded()).isFalse();
    }

    @Test
    void aPoolThatIsAskedBeyondTheNetworkIsLookedAtAgainUntilThePatienceIsOver() {
        ProbeWatch watch = inside();
        time.pass(SETTINGS.initialBackoff());
        assertThat(next(watch)).isEqualTo(SETTINGS.initialBackoff());
        time.pass(PATIENCE.minus(SETTINGS.initialBackoff()).minusMillis(30));
        assertThat(next(watch)).isEqualTo(Duration.ofMillis(30));
        time.pass(Duration.ofMillis(30));
        assertThat(next(watch)).isZero();
        assertThat(watch.isPoolFull()).isFalse();
    }

    @Test
    void whatAPoolHasToGiveIsNotLookedForInsideTheTransaction() throws InterruptedException {
        mayBeFull = false;
        ProbeWatch watch = inside();
        time.pass(SETTINGS.initialBackoff());
        whileWaitingForPool(() -> assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout()));
        assertThat(watch.isPoolFull()).isFalse();
        assertThat(watch.hasEnded()).isFalse();
    }

    @Test
    void anotherOneBesideAFullPoolWouldHelpNobody() throws InterruptedException {
        ProbeWatch watch = outside();
        time.pass(PATIENCE);
        whileWaitingForPool(() -> assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout()));
        assertThat(watch.isPoolFull()).isFalse();
    }

    /** The pool connects for its borrowers, who wait for that as for a permit. */
    @Test
    void besideAPoolThatTheNetworkHoldsUpAnotherOneIsAsked() throws InterruptedException {
        ProbeWatch watch = inside();
        time.pass(SETTINGS.initialBackoff());
        whileWaitingForPool(() -> {
            heldUp = true;
            assertThat(next(watch)).isEqualTo(SETTINGS.initialBackoff());
            time.pass(PATIENCE);
            assertThat(next(watch)).isNegative();
        });
        assertThat(watch.isPoolFull()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"VALIDATING", "RETURNING", "EVICTING"})
    void aSilentConnectionIsAbortedOnceAfterATimeoutOfItsPhase(Phase phase) {
        ProbeWatch watch = outside();
        time.pass(Duration.ofSeconds(1));
        question.enter(phase, connection);
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        time.pass(SETTINGS.validationTimeout().minusNanos(1));
        assertThat(next(watch)).isEqualTo(Duration.ofNanos(1));
        assertThat(aborted).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        time.pass(SETTINGS.validationTimeout());
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        assertThat(aborted).containsExactly(connection);
        assertThat(question.spareConnection()).contains(SETTINGS.validationTimeout());
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"EVICTING", "PINNING"})
    void whatCannotBeAbortedIsWaitedFor(Phase phase) {
        ProbeWatch watch = outside();
        question.enter(phase);
        time.pass(PATIENCE.plus(SETTINGS.validationTimeout()));
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        assertThat(aborted).isEmpty();
    }

    @Test
    void afterMaxWaitAndOneTimeoutItIsOver() {
        ProbeWatch watch = outside();
        question.enter(Phase.EVICTING);
        time.pass(SETTINGS.maxWait().plus(SETTINGS.validationTimeout()).minusMillis(5));
        assertThat(next(watch)).isEqualTo(Duration.ofMillis(5));
        assertThat(watch.hasEnded()).isFalse();
        time.pass(Duration.ofMillis(5));
        assertThat(next(watch)).isZero();
        assertThat(watch.hasEnded()).isTrue();
    }

    @Test
    void whereNobodyIsToWaitAnyMoreAProbeGetsOneTimeout() {
        ProbeWatch watch = outside();
        stopped = true;
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        time.pass(SETTINGS.validationTimeout());
        assertThat(next(watch)).isZero();
        assertThat(watch.hasEnded()).isTrue();
    }

    @Test
    void ofOneThatNobodyWaitsForTheSilentConnectionIsAbortedAndNothingElseIsWaitedFor() {
        BoundedQuestion.Watch<Outcome> watch = ProbeWatch.ofLeftBehind(probe, aborted::add);
        assertThat(next(watch)).isZero();
        question.enter(Phase.VALIDATING, connection);
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        time.pass(SETTINGS.validationTimeout());
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        assertThat(aborted).containsExactly(connection);
        question.enter(Phase.EVICTING);
        assertThat(next(watch)).isEqualTo(SETTINGS.validationTimeout());
        for (Phase phase : List.of(Phase.BORROWING, Phase.RETURNING, Phase.PINNING)) {
            question.enter(phase);
            assertThat(next(watch)).as(phase.name()).isZero();
        }
    }
}
