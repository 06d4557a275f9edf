/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gates of a deployment, and when their jobs may wait. */
@Timeout(60)
class GuardTest {
    /** Who is not woken waits for an hour. */
    private static final Settings PATIENT = Settings.DEFAULTS
            .withValidationTimeout(Duration.ofHours(1))
            .withMaxWait(Duration.ofHours(1))
            .withInitialBackoff(Duration.ofHours(1))
            .withMaxBackoff(Duration.ofHours(1));

    private static final SQLException GONE = new SQLException("gone", "08S01");

    private final FakePool pool = new FakePool();
    private final List<GuardEvent> told = new CopyOnWriteArrayList<>();
    private final Guard guard = new Guard(List.of(told::add), Time.SYSTEM, new Pools(List.of(pool)));

    @AfterEach
    void close() {
        guard.close();
    }

    private Target target(String name, DataSource dataSource) {
        return new Target(name, dataSource, PATIENT);
    }

    private Target target() {
        return target("java:x", pool.dataSource);
    }

    private Verdict pass(Target target) {
        return guard.gate(target)
                .admit(target, guard.deadline(PATIENT.maxWait()), Optional.empty(), OptionalLong.empty());
    }

    /** A job that is under way, and its verdict to come. */
    private record Job(Thread thread, CompletableFuture<Verdict> verdict) {
        Reason reason() throws Exception {
            return GateFixture.reason(verdict.get(10, TimeUnit.SECONDS));
        }
    }

    private Job passing(Target target) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        Thread job = new Thread(() -> verdict.complete(pass(target)));
        job.setDaemon(true);
        job.start();
        return new Job(job, verdict);
    }

    @Test
    void eachDataSourceHasOneGateByTheNameThatItWasAskedForFirst() {
        Gate gate = guard.gate(target());
        assertThat(guard.gate(target("java:other", pool.dataSource))).isSameAs(gate);
        Gate another = guard.gate(target("java:y", new FakePool().dataSource));
        assertThat(another).isNotSameAs(gate);
        assertThat(guard.gate("java:x")).containsSame(gate);
        assertThat(guard.gate("java:y")).containsSame(another);
        assertThat(guard.gate("java:other")).isEmpty();
    }

    @Test
    void itsTimeIsTheEngines() {
        VirtualTime time = new VirtualTime();
        Guard timed = new Guard(List.of(), time);
        Deadline deadline = timed.deadline(Duration.ofSeconds(3));
        long at = timed.nanos();
        assertThat(at).isEqualTo(time.nanos());
        time.pass(Duration.ofSeconds(1));
        assertThat(timed.left(deadline)).isEqualTo(Duration.ofSeconds(2));
        assertThat(timed.since(at)).isEqualTo(Duration.ofSeconds(1));
        assertThat(timed.now()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void whatIsToldThroughItAllListenersHear() {
        GuardEvent event = new GuardEvent.RunStarted(Instant.EPOCH, "job", 1);
        guard.tell(event);
        assertThat(told).containsExactly(event);
    }

    @Test
    void whileItRunsJobsPassOrHearWhatIsWrong() {
        assertThat(guard.isRunning()).isTrue();
        assertThat(pass(target())).isInstanceOf(Verdict.Live.class);
        pool.idle.clear();
        pool.outage = Optional.of(GONE);
        Verdict verdict = guard.gate(target())
                .admit(target(), guard.deadline(Duration.ZERO), Optional.empty(), OptionalLong.empty());
        assertThat(GateFixture.reason(verdict)).isEqualTo(Reason.DOWN);
    }

    @Test
    void aSuspensionEndsAndAStopDoesNot() {
        guard.suspend();
        assertThat(guard.isRunning()).isFalse();
        guard.resume();
        assertThat(guard.isRunning()).isTrue();
        guard.stop();
        guard.resume();
        assertThat(guard.isRunning()).isFalse();
    }

    private interface End {
        void of(Guard guard);
    }

    static Stream<End> ends() {
        return Stream.of(Guard::suspend, Guard::stop, Guard::close);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whoWaitsIsToldAtOnceThatHeIsToWaitNoLonger(End end) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        DataSource down = Stub.of(DataSource.class, (method, arguments) -> {
            asked.countDown();
            throw GONE;
        });
        Target target = target("java:x", down);
        Job job = passing(target);
        asked.await();
        while (guard.gate(target).waiting() == 0 || job.thread().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        end.of(guard);
        assertThat(job.reason()).isEqualTo(Reason.STOPPED);
    }

    @Test
    void whoFindsALiveConnectionPassesAfterAStopButNotOnceAllThreadsHaveEnded() {
        pass(target());
        guard.stop();
        assertThat(pass(target())).isInstanceOf(Verdict.Live.class);
        guard.close();
        assertThat(GateFixture.reason(pass(target()))).isEqualTo(Reason.STOPPED);
    }

    @Test
    void aGateThatIsNewAfterTheEndHasNoThreads() {
        guard.stop();
        assertThat(GateFixture.reason(pass(target()))).isEqualTo(Reason.STOPPED);
    }

    @Test
    void whoWaitsForThePoolIsInterruptedWhenAllEnds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<String> interrupted = new CompletableFuture<>();
        DataSource full = Stub.of(DataSource.class, (method, arguments) -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(method);
            }
            throw GONE;
        });
        Job job = passing(target("java:x", full));
        asked.await();
        guard.close();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isEqualTo("getConnection");
        assertThat(job.reason()).isEqualTo(Reason.STOPPED);
    }

    @Test
    void whatABodyLostIsAskedForOnlyWhileItRuns() {
        guard.suspend();
        guard.bodyFailed(List.of(target()), GONE);
        assertThat(told).isEmpty();
        guard.resume();
        guard.bodyFailed(List.of(target()), GONE);
        assertThat(told)
                .filteredOn(GuardEvent.Noted.class::isInstance)
                .extracting(event -> ((GuardEvent.Noted) event).kind())
                .containsExactly(GuardEvent.Noted.Kind.BODY_LOST_CONNECTION);
    }
}
