/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is woken by what, on real threads: whoever is not waits for an hour. */
@Timeout(60)
class GateWakingTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Settings PATIENT = Settings.DEFAULTS
            .withValidationTimeout(LONG)
            .withMaxWait(LONG)
            .withInitialBackoff(LONG)
            .withMaxBackoff(LONG)
            .withMaxWaitingJobs(1000);

    /** Leaves what does not answer behind; not before a busy machine has begun to ask, and has asked for nearly so long. */
    private static final Settings LEAVING =
            PATIENT.withValidationTimeout(Duration.ofSeconds(1)).withMaxWait(Duration.ZERO);

    private static final SQLException GONE = new SQLException("gone", "08S01");

    private final FakePool pool = new FakePool();

    /** What a checkout is, on its way to the pool. */
    private volatile Callable<Connection> checkout = pool.dataSource::getConnection;

    private final DataSource dataSource = Stub.of(DataSource.class, (method, arguments) -> checkout.call());
    private final Gate gate = new Gate(
            "java:x",
            GateWakingTest::start,
            GateWakingTest::start,
            () -> false,
            Time.SYSTEM,
            new Pools(List.of(pool)),
            List.of());

    /** A job, and its verdict to come. */
    private record Job(Thread thread, CompletableFuture<Verdict> verdict) {
        Verdict get() throws Exception {
            return verdict.get(10, TimeUnit.SECONDS);
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Verdict pass(Settings settings, Optional<JobTransaction> transaction) {
        return gate.admit(
                new Target("java:x", dataSource, settings),
                Deadline.after(settings.maxWait(), Time.SYSTEM),
                transaction,
                OptionalLong.empty());
    }

    private Job job(Settings settings) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        return new Job(start(() -> verdict.complete(pass(settings, Optional.empty()))), verdict);
    }

    /** One more, when it waits in the line. */
    private Job waiting(Settings settings) {
        int before = gate.waiting();
        Job job = job(settings);
        while (gate.waiting() != before + 1 || job.thread().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return job;
    }

    /** The next checkout says that it is under way, waits until it may go on, and comes to what it comes to. */
    private CountDownLatch hold(CountDownLatch goOn, Callable<Connection> then) {
        CountDownLatch begun = new CountDownLatch(1);
        checkout = () -> {
            checkout = pool.dataSource::getConnection;
            begun.countDown();
            goOn.await();
            return then.call();
        };
        return begun;
    }

    /** The next checkout goes on when it may, and cannot be interrupted; as one that hangs in the network. */
    private CountDownLatch holdWithoutEnd(CountDownLatch goOn) {
        CountDownLatch begun = new CountDownLatch(1);
        checkout = () -> {
            checkout = pool.dataSource::getConnection;
            begun.countDown();
            while (goOn.getCount() > 0) {
                Thread.onSpinWait();
            }
            return pool.dataSource.getConnection();
        };
        return begun;
    }

    private static void assertLive(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Live.class);
    }

    @Test
    void whoIsBackWakesTheNext() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = hold(goOn, pool.dataSource::getConnection);
        Job first = job(PATIENT);
        begun.await();
        Job second = waiting(PATIENT);
        goOn.countDown();
        assertLive(first.get());
        assertLive(second.get());
    }

    @Test
    void whoseTurnHasComeLetsTheNextLookWhetherThereIsRoomForHimToo() throws Exception {
        assertLive(pass(PATIENT, Optional.empty()));
        pool.capacity = OptionalInt.of(1);
        CountDownLatch answer = new CountDownLatch(1);
        pool.idle.peek().silence = Optional.of(answer);
        CountDownLatch firstGoesOn = new CountDownLatch(1);
        CountDownLatch firstAsks = hold(firstGoesOn, pool.dataSource::getConnection);
        Job first = job(PATIENT);
        firstAsks.await();
        Job second = waiting(PATIENT);
        Job third = waiting(PATIENT);
        CountDownLatch oneGoesOn = new CountDownLatch(1);
        CountDownLatch oneAsks = hold(oneGoesOn, pool.dataSource::getConnection);
        pool.capacity = OptionalInt.of(100);
        firstGoesOn.countDown();
        oneAsks.await();
        // Whichever is quicker: the other one does not wait for him.
        CompletableFuture.anyOf(second.verdict(), third.verdict()).get(10, TimeUnit.SECONDS);
        oneGoesOn.countDown();
        assertLive(second.get());
        assertLive(third.get());
        answer.countDown();
        assertLive(first.get());
    }

    @Test
    void whenAnOutageBeginsAllLookWhetherTheyMayWait() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = hold(goOn, () -> {
            throw GONE;
        });
        job(PATIENT);
        begun.await();
        Settings few = PATIENT.withMaxWaitingJobs(1);
        Job second = waiting(few);
        Job third = waiting(few);
        goOn.countDown();
        assertThat(GateFixture.reason(second.get())).isEqualTo(Reason.CROWDED);
        assertThat(GateFixture.reason(third.get())).isEqualTo(Reason.CROWDED);
    }

    @Test
    void aFitOneThatComesBackThoughLeftBehindWakesTheFirst() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        holdWithoutEnd(goOn);
        assertThat(GateFixture.reason(pass(LEAVING, Optional.empty()))).isEqualTo(Reason.SILENT);
        Job next = waiting(PATIENT);
        goOn.countDown();
        assertLive(next.get());
    }

    /** As without a guard: there it would have it at once. */
    @Test
    void theLastPlaceOfThePoolIsForAnotherJobThatWaitsBehindWhatMayNeverReturn() throws Exception {
        assertLive(pass(PATIENT, Optional.empty()));
        pool.capacity = OptionalInt.of(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = holdWithoutEnd(never);
        Settings slow = LEAVING.withMaxWait(LONG);
        Job first = job(slow);
        begun.await();
        Job second = waiting(slow);
        assertLive(second.get());
        assertLive(first.get());
        never.countDown();
    }

    @Test
    void whoWaitsForThePoolIsInterruptedWhenHisJobLeaves() throws Exception {
        CompletableFuture<String> interrupted = new CompletableFuture<>();
        checkout = () -> waitsForThePool(interrupted);
        pass(LEAVING, Optional.empty());
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    private static Connection waitsForThePool(CompletableFuture<String> interrupted) throws SQLException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.complete("interrupted");
        }
        throw GONE;
    }

    @Test
    void whereThePoolIsFullWhoWaitsOutsideIsInterruptedAndTheTransactionIsAsked() {
        CompletableFuture<String> interrupted = new CompletableFuture<>();
        GateFixture.FakeTransaction transaction = new GateFixture.FakeTransaction();
        checkout = () -> {
            if (transaction.entered == 0) {
                waitsForThePool(interrupted);
            }
            return pool.dataSource.getConnection();
        };
        transaction.before = () ->
                assertThat(interrupted).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("interrupted");
        Settings soon = PATIENT.withInitialBackoff(Duration.ofMillis(20));
        assertThat(pass(soon, Optional.of(transaction)))
                .isInstanceOfSatisfying(
                        Verdict.Live.class, live -> assertThat(live.bound()).isTrue());
    }

    @Test
    void aConnectionThatIsSilentWhenItsJobLeavesIsAborted() throws Exception {
        pool.with(1, false);
        CountDownLatch aborted = new CountDownLatch(1);
        pool.idle.peek().silence = Optional.of(aborted);
        assertThat(GateFixture.reason(pass(LEAVING, Optional.empty()))).isEqualTo(Reason.SILENT);
        assertThat(aborted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aConnectionThatIsSilentIsAbortedAndTheNextOneIsAsked() throws Exception {
        pool.with(1, false);
        CountDownLatch aborted = new CountDownLatch(1);
        pool.idle.peek().silence = Optional.of(aborted);
        assertLive(pass(LEAVING.withMaxWait(LONG), Optional.empty()));
        assertThat(aborted.getCount()).isZero();
    }
}
