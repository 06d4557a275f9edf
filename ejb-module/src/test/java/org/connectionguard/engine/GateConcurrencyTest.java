/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate under many threads, in real time, with pauses of milliseconds. */
@Timeout(60)
class GateConcurrencyTest {
    private static final int CAP = 4;
    private static final Settings SETTINGS = Settings.DEFAULTS
            .withValidationTimeout(Duration.ofMillis(500))
            .withMaxWait(Duration.ofSeconds(10))
            .withInitialBackoff(Duration.ofMillis(1))
            .withMaxBackoff(Duration.ofMillis(4))
            .withMaxWaitingJobs(CAP);

    private final FakePool pool = new FakePool();
    private final ExecutorService helper = Executors.newCachedThreadPool();
    private final ExecutorService jobs = Executors.newFixedThreadPool(16);
    private final Gate gate = new Gate(
            "java:x", helper::execute, helper::execute, () -> false, Time.SYSTEM, new Pools(List.of(pool)), List.of());

    @AfterEach
    void stop() {
        helper.shutdownNow();
        jobs.shutdownNow();
    }

    private Verdict pass() {
        return pass(Optional.empty());
    }

    private Verdict pass(Optional<JobTransaction> transaction) {
        return pass(SETTINGS, transaction);
    }

    private Verdict pass(Settings settings, Optional<JobTransaction> transaction) {
        return gate.admit(
                new Target("java:x", pool.dataSource, settings),
                Deadline.after(settings.maxWait(), Time.SYSTEM),
                transaction,
                OptionalLong.empty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensNoJobIsForgottenAndOneThreadAsks(long seed) throws Exception {
        Callable<Integer> job = () -> {
            int live = 0;
            for (int i = 0; i < 300; i++) {
                if (pass() instanceof Verdict.Live) {
                    live++;
                }
            }
            return live;
        };
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            running.add(jobs.submit(job));
        }
        jobs.shutdown();
        Random random = new Random(seed);
        while (!jobs.awaitTermination(200, TimeUnit.MICROSECONDS)) {
            synchronized (pool) {
                pool.idle.forEach(physical -> physical.dead = random.nextBoolean());
                pool.outage =
                        random.nextInt(4) == 0 ? Optional.of(new SQLException("gone", "08S01")) : Optional.empty();
            }
        }
        int live = 0;
        for (Future<Integer> each : running) {
            live += each.get();
        }
        assertThat(live).isPositive();
        assertThat(pool.mostLent).isEqualTo(1);
        assertThat(pool.lent).isZero();
        // Nothing is left over: the next job passes.
        pool.outage = Optional.empty();
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
    }

    @Test
    void onlySoManyJobsWaitForADatabaseThatIsDown() throws Exception {
        synchronized (pool) {
            pool.outage = Optional.of(new SQLException("gone", "08S01"));
        }
        CountDownLatch turnedAway = new CountDownLatch(16 - CAP);
        List<Future<Verdict>> waiting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            waiting.add(jobs.submit(() -> {
                Verdict verdict = pass();
                turnedAway.countDown();
                return verdict;
            }));
        }
        assertThat(turnedAway.await(5, TimeUnit.SECONDS)).isTrue();
        synchronized (pool) {
            pool.outage = Optional.empty();
        }
        int live = 0;
        for (Future<Verdict> each : waiting) {
            Verdict verdict = each.get();
            if (verdict instanceof Verdict.Live) {
                live++;
            } else {
                assertThat(((Verdict.Unavailable) verdict).reason()).isEqualTo(Reason.CROWDED);
            }
        }
        assertThat(live).isEqualTo(CAP);
    }

    @Test
    void aConnectionThatDoesNotAnswerIsAbortedAfterTheValidationTimeoutAndDestroyed() {
        pool.with(1, false);
        FakePool.Physical silent = pool.idle.peek();
        silent.silence = Optional.of(new CountDownLatch(1));
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(silent.aborted).isTrue();
        assertThat(pool.destroyed).containsExactly(silent);
        assertThat(pool.lent).isZero();
    }

    @Test
    void anAnswerThatComesInTheMomentOfTheAbortSavesNoConnection() {
        pool.with(1, false);
        FakePool.Physical late = pool.idle.peek();
        late.silence = Optional.of(new CountDownLatch(1));
        late.answersInTheLastMoment = true;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).containsExactly(late);
        assertThat(pool.idle).doesNotContain(late);
    }

    @Test
    void twoJobsNeverCountOnTheSameConnection() throws Exception {
        pool.with(8, false);
        // On a busy machine a checkout may stand still for milliseconds. That is not to look like a pool that has none
        // left.
        Settings patient = SETTINGS.withInitialBackoff(SETTINGS.validationTimeout());
        List<Future<FakePool.Physical>> bodies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FakePool.BindingTransaction transaction = pool.new BindingTransaction();
            bodies.add(jobs.submit(() -> {
                assertThat(pass(patient, Optional.of(transaction))).isInstanceOf(Verdict.Live.class);
                return transaction.bound().orElseThrow();
            }));
        }
        List<FakePool.Physical> bound = new ArrayList<>();
        for (Future<FakePool.Physical> body : bodies) {
            bound.add(body.get());
        }
        assertThat(bound).hasSize(8).doesNotHaveDuplicates();
        // One question each: what was bound was what had been validated.
        assertThat(pool.validations()).isEqualTo(8);
    }

    @Test
    void aJobThatWaitsForThePoolIsToldSo() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        pool.fresh = () -> {
            try {
                full.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new FakePool.Physical();
        };
        Settings impatient =
                SETTINGS.withValidationTimeout(Duration.ofSeconds(1)).withMaxWait(Duration.ofSeconds(1));
        Verdict verdict = pass(impatient, Optional.empty());
        assertThat(((Verdict.Unavailable) verdict).reason()).isEqualTo(Reason.EXHAUSTED);
        full.countDown();
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
    }
}
