/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that fire together, in real time: asked together where there is room, one by one where there is none. */
@Timeout(120)
class GateTogetherTest {
    private static final int JOBS = 16;
    private static final int WIDE = 100;
    private static final Duration LONG = Duration.ofHours(1);

    /** No machine is too busy for it; what has to wait for time only waits for ever. */
    private static final Settings PATIENT = Settings.DEFAULTS
            .withValidationTimeout(LONG)
            .withMaxWait(LONG)
            .withInitialBackoff(LONG)
            .withMaxBackoff(LONG)
            .withMaxWaitingJobs(1000);

    /** Waits for nothing that is away, and for whoever was first. */
    private static final Settings AT_ONCE = PATIENT.withMaxWait(Duration.ZERO).withMaxWaitingJobs(4);

    /** As patient, but for pauses. */
    private static final Settings SOON =
            PATIENT.withInitialBackoff(Duration.ofMillis(10)).withMaxBackoff(Duration.ofMillis(20));

    private static final SQLException GONE = new SQLException("gone", "08S01");

    private final FakePool pool = new FakePool();
    private final ExecutorService helper = Executors.newCachedThreadPool();
    private final ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private final Clock clock = new Clock();

    /** What a checkout is, on its way to the pool. */
    private volatile Callable<Connection> checkout = pool.dataSource::getConnection;

    private final DataSource dataSource = (DataSource) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> checkout.call());

    private final Gate gate = gate(List.of(pool));

    private Gate gate(List<Pool> known) {
        GuardListener listener = event -> {
            if (event instanceof GuardEvent.Evicted) {
                told.add("evicted");
            } else if (event instanceof GuardEvent.OutageBegan began) {
                told.add("unavailable " + began.reason());
            } else if (event instanceof GuardEvent.OutageEnded ended) {
                told.add("back after " + ended.attempts());
            }
        };
        return new Gate(
                "java:x", helper::execute, helper::execute, () -> stopped, clock, new Pools(known), List.of(listener));
    }

    /** The machine's, which may be put forward. */
    private static final class Clock implements Time {
        /** Happens whenever somebody looks. */
        volatile Runnable looking = () -> {};

        /** How far it was put forward. */
        volatile Duration ahead = Duration.ZERO;

        /** Whoever waits looks at it so often. */
        volatile Duration longestWait = LONG.multipliedBy(10);

        @Override
        public long nanos() {
            looking.run();
            return SYSTEM.nanos() + ahead.toNanos();
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
            SYSTEM.await(condition, Math.min(nanos, longestWait.toNanos()));
        }

        @Override
        public double random() {
            return SYSTEM.random();
        }
    }

    @AfterEach
    void stop() {
        helper.shutdownNow();
        jobs.shutdownNow();
    }

    private Verdict pass(Settings settings) {
        return pass(settings, Optional.empty());
    }

    private Verdict pass(Settings settings, Optional<JobTransaction> transaction) {
        return pass(gate, settings, transaction);
    }

    private Verdict pass(Gate entered, Settings settings, Optional<JobTransaction> transaction) {
        return entered.admit(
                new Target("java:x", dataSource, settings),
                Deadline.after(settings.maxWait(), clock),
                transaction,
                OptionalLong.empty());
    }

    /** The gate has seen a connection, and knows how many there may be. */
    private void learn(int capacity) {
        pool.capacity = OptionalInt.of(capacity);
        assertLive(pass(PATIENT));
    }

    private static void assertLive(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Live.class);
    }

    private <T> List<T> together(int count, Callable<T> job) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(jobs.submit(() -> {
                start.await();
                return job.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        return results;
    }

    private static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            assertThat(Thread.interrupted()).isFalse();
            Thread.yield();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static boolean waitsIn(Thread thread, String method) {
        return isWaiting(thread)
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    private static boolean isIn(String method) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(method)));
    }

    @Test
    void whatComesBackInTheMomentInWhichItIsLeftBehindCountsOnce() throws Exception {
        learn(WIDE);
        clock.longestWait = Duration.ofMillis(5);
        CountDownLatch comes = new CountDownLatch(1);
        AtomicReference<Thread> asking = new AtomicReference<>();
        checkout = () -> {
            if (asking.compareAndSet(null, Thread.currentThread())) {
                await(() -> comes.getCount() == 0);
            }
            return pool.dataSource.getConnection();
        };
        Thread job = new Thread(() -> pass(PATIENT.withMaxWait(LONG.multipliedBy(2))));
        job.start();
        await(() -> asking.get() != null && waitsIn(job, "ask"));
        // Another one settles meanwhile, and does not come to an end.
        CountDownLatch settling = new CountDownLatch(1);
        CountDownLatch settled = new CountDownLatch(1);
        Thread other = new Thread(() -> pass(PATIENT));
        clock.looking = () -> {
            if (Thread.currentThread() == other && isIn("settle")) {
                settling.countDown();
                await(settled);
            }
        };
        other.start();
        await(settling);
        pool.with(1, true);
        clock.ahead = LONG;
        await(() -> job.getState() == Thread.State.WAITING && waitsIn(job, "lock"));
        comes.countDown();
        await(() -> isWaiting(asking.get()));
        settled.countDown();
        job.join();
        other.join();
        helper.shutdown();
        assertThat(helper.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(told).containsExactly("evicted");
        assertThat(pool.validations()).isEqualTo(4);
    }

    // What nobody waits for any more.

    /** An hour of time to answer in, and none to wait. */
    private FakePool.Physical silentConnection() {
        clock.longestWait = Duration.ofMillis(5);
        pool.with(1, false);
        pool.idle.peek().silence = Optional.of(new CountDownLatch(1));
        return pool.idle.peek();
    }

    private void assertAbortedIn(FakePool.Physical silent, Duration time) {
        assertThat(silent.aborted).isFalse();
        clock.ahead = clock.ahead.plus(time);
        await(() -> silent.aborted);
        await(() -> pool.destroyed.contains(silent));
    }

    @Test
    void aSilentConnectionIsAbortedThoughItsJobHasGone() throws Exception {
        FakePool.Physical silent = silentConnection();
        CountDownLatch asked = new CountDownLatch(1);
        silent.answering = () -> {
            clock.ahead = LONG.plusMinutes(1);
            asked.countDown();
        };
        checkout = () -> {
            clock.ahead = LONG.minusMinutes(1);
            return pool.dataSource.getConnection();
        };
        assertThat(pass(AT_ONCE)).isInstanceOf(Verdict.Unavailable.class);
        await(asked);
        assertAbortedIn(silent, LONG);
    }

    @Test
    void soIsOneThatComesWhenItsJobHasGoneAndNoInterruptionHitsIt() throws Exception {
        FakePool.Physical silent = silentConnection();
        CountDownLatch gone = new CountDownLatch(1);
        checkout = () -> {
            clock.ahead = LONG.plusMinutes(1);
            while (gone.getCount() > 0) {
                Thread.onSpinWait();
            }
            return pool.dataSource.getConnection();
        };
        assertThat(pass(AT_ONCE)).isInstanceOf(Verdict.Unavailable.class);
        gone.countDown();
        await(() -> pool.lent == 1);
        assertAbortedIn(silent, LONG.plusMinutes(1));
    }

    @Test
    void whoWaitsForAConnectionWhenAllIsOverIsInterrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch asks = new CountDownLatch(1);
        checkout = () -> {
            asks.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw GONE;
        };
        Future<Verdict> job = jobs.submit(() -> pass(AT_ONCE));
        await(asks);
        gate.close();
        await(interrupted);
        assertThat(job.get()).isInstanceOf(Verdict.Unavailable.class);
    }

    // As many as there is room for.

    private Callable<Boolean> passes(int times, Settings settings) {
        return () -> {
            for (int i = 0; i < times; i++) {
                assertLive(pass(settings));
            }
            return true;
        };
    }

    @Test
    void withRoomEightAskAtOnceAndNeverMore() throws Exception {
        learn(WIDE);
        pool.keepTop();
        CountDownLatch allEight = new CountDownLatch(Gate.WIDTH);
        AtomicInteger asking = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        pool.fresh = () -> answering(() -> {
            most.accumulateAndGet(asking.incrementAndGet(), Math::max);
            allEight.countDown();
            // The first ones wait for each other, so they have to be there together.
            await(allEight);
            Thread.yield();
            asking.decrementAndGet();
        });
        together(JOBS, passes(20, PATIENT));
        assertThat(most).hasValue(Gate.WIDTH);
        assertThat(pool.mostLent).isEqualTo(Gate.WIDTH);
        assertThat(pool.validations()).isEqualTo(1 + JOBS * 20);
    }

    private static FakePool.Physical answering(Runnable answering) {
        FakePool.Physical physical = new FakePool.Physical();
        physical.answering = answering;
        return physical;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void noMoreAskThanThePoolHasConnectionsFor(int capacity) throws Exception {
        learn(capacity);
        together(JOBS, passes(50, PATIENT));
        assertThat(pool.mostLent).isLessThanOrEqualTo(capacity);
    }

    static Stream<OptionalInt> noRoom() {
        return Stream.of(OptionalInt.of(1), OptionalInt.of(0), OptionalInt.empty());
    }

    @ParameterizedTest
    @MethodSource("noRoom")
    void whereThePoolHasOneOrDoesNotTellNeverTwoAskAtOnce(OptionalInt capacity) throws Exception {
        pool.capacity = capacity;
        together(JOBS, passes(50, PATIENT));
        assertThat(pool.mostLent).isEqualTo(1);
    }

    // Bound.

    @Test
    void jobsThatAreBoundTogetherAskOnceEachAndNoTwoGetTheSame() throws Exception {
        learn(WIDE);
        pool.keepTop();
        CyclicBarrier allEight = new CyclicBarrier(Gate.WIDTH);
        // Whatever one of them finds in the pool afterwards was validated since it began.
        pool.fresh = () -> answering(() -> meet(allEight));
        List<FakePool.Physical> bound = together(Gate.WIDTH, () -> {
            FakePool.BindingTransaction transaction = pool.new BindingTransaction();
            Verdict verdict = pass(PATIENT, Optional.of(transaction));
            assertThat(((Verdict.Live) verdict).bound()).isTrue();
            return transaction.bound().orElseThrow();
        });
        assertThat(bound).doesNotHaveDuplicates().hasSize(Gate.WIDTH);
        assertThat(bound).allMatch(physical -> physical.validations == 1);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, WIDE})
    void jobsThatKeepTheirConnectionsAllComeToOneOfTheirOwn(int capacity) throws Exception {
        pool.bound(capacity);
        Set<FakePool.Physical> inUse = ConcurrentHashMap.newKeySet();
        Callable<Boolean> job = () -> {
            for (int i = 0; i < 20; i++) {
                FakePool.BindingTransaction transaction = pool.new BindingTransaction();
                assertLive(pass(SOON, Optional.of(transaction)));
                FakePool.Physical mine = transaction.bound().orElseThrow();
                assertThat(inUse.add(mine)).isTrue();
                Thread.yield();
                inUse.remove(mine);
                transaction.end();
            }
            return true;
        };
        together(JOBS, job);
        assertThat(pool.mostLent).isLessThanOrEqualTo(capacity);
        assertThat(pool.lent).isZero();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoseTransactionHoldsThePoolsOnlyConnectionPassesAfterAPause(boolean known) throws Exception {
        pool.bound(1);
        FakePool.BindingTransaction transaction = pool.new BindingTransaction();
        transaction.within(() -> {
            pool.dataSource.getConnection().close();
            return true;
        });
        FakePool.Physical only = transaction.bound().orElseThrow();
        Gate before = known ? gate : gate(List.of());
        assertThat(pass(before, SOON, Optional.of(transaction)))
                .isInstanceOfSatisfying(
                        Verdict.Live.class, live -> assertThat(live.bound()).isTrue());
        assertThat(only.validations).isEqualTo(1);
        assertThat(transaction.bound()).contains(only);
        assertThat(told).isEmpty();
        assertThat(before.state()).isEqualTo(DataSourceState.HEALTHY);
        // The one that waited outside has gone.
        transaction.end();
        assertLive(pass(before, SOON, Optional.empty()));
        assertThat(pool.mostLent).isEqualTo(1);
    }

    @Test
    void alsoWhereItTakesThePoolLongerToFindOutThatItHasNone() throws Exception {
        pool.bound(1);
        FakePool.BindingTransaction transaction = pool.new BindingTransaction();
        transaction.within(() -> {
            pool.dataSource.getConnection().close();
            return true;
        });
        long enough = System.nanoTime() + SOON.initialBackoff().multipliedBy(5).toNanos();
        checkout = () -> {
            await(() -> System.nanoTime() - enough > 0);
            return pool.dataSource.getConnection();
        };
        assertLive(pass(SOON, Optional.of(transaction)));
    }

    // What one finds is news for all.

    @Test
    void whoFindsThePoolExhaustedWhileOthersAskAsksAgainWhenOneIsBack() throws Exception {
        learn(2);
        CountDownLatch answer = new CountDownLatch(1);
        pool.idle.peek().answering = () -> await(answer);
        // Somebody without a guard has taken the other one.
        pool.outage = Optional.of(new SQLException("pool exhausted"));
        AtomicInteger attempts = new AtomicInteger();
        checkout = () -> {
            try {
                return pool.dataSource.getConnection();
            } finally {
                attempts.incrementAndGet();
            }
        };
        Future<Verdict> first = jobs.submit(() -> pass(PATIENT));
        await(() -> attempts.get() == 1);
        AtomicReference<Verdict> second = new AtomicReference<>();
        Thread job = new Thread(() -> second.set(pass(PATIENT)));
        job.start();
        await(() -> attempts.get() == 2 && waitsIn(job, "awaitTurn"));
        answer.countDown();
        assertLive(first.get());
        job.join();
        assertLive(second.get());
        assertThat(attempts).hasValue(3);
        assertThat(told).isEmpty();
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void eightThatFailTogetherAreOneFailure() throws Exception {
        learn(WIDE);
        CyclicBarrier allEight = new CyclicBarrier(Gate.WIDTH);
        AtomicInteger attempts = new AtomicInteger();
        checkout = () -> {
            if (attempts.incrementAndGet() <= Gate.WIDTH) {
                meet(allEight);
                throw new SQLException("gone", "08S01");
            }
            return pool.dataSource.getConnection();
        };
        together(Gate.WIDTH, passes(1, SOON));
        assertThat(told).containsExactly("unavailable down", "back after 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoMayNotWaitIsNotTurnedAwayForOldNewsWhileAnotherAsks(boolean back) throws Exception {
        pool.outage = Optional.of(GONE);
        Settings impatient = AT_ONCE.withInitialBackoff(Duration.ofMinutes(1));
        assertThat(pass(impatient)).isInstanceOf(Verdict.Unavailable.class);
        clock.ahead = Duration.ofMinutes(1);
        CountDownLatch asks = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        checkout = () -> {
            if (attempts.incrementAndGet() == 1) {
                asks.countDown();
                await(answer);
            }
            return pool.dataSource.getConnection();
        };
        Future<Verdict> first = jobs.submit(() -> pass(impatient));
        await(asks);
        AtomicReference<Verdict> second = new AtomicReference<>();
        Thread job = new Thread(() -> second.set(pass(impatient)));
        job.start();
        await(() -> waitsIn(job, "awaitTurn"));
        if (back) {
            pool.outage = Optional.empty();
        }
        answer.countDown();
        assertThat(first.get() instanceof Verdict.Live).isEqualTo(back);
        job.join();
        assertThat(second.get() instanceof Verdict.Live).isEqualTo(back);
        assertThat(attempts.get()).isEqualTo(back ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyIsTurnedAwayAsOneTooManyWhenTheDatabaseIsBackThoughThePauseIsLong(boolean waits) throws Exception {
        learn(WIDE);
        pool.keepTop();
        pool.idle.clear();
        Settings impatient = SOON.withMaxBackoff(LONG).withMaxWaitingJobs(2).withMaxWait(Duration.ZERO);
        pool.outage = Optional.of(GONE);
        int failures = 15;
        for (int i = 0; i < failures; i++) {
            assertThat(pass(impatient)).isInstanceOf(Verdict.Unavailable.class);
            clock.ahead = clock.ahead.plus(SOON.initialBackoff());
        }
        pool.outage = Optional.empty();
        AtomicInteger come = new AtomicInteger();
        checkout = () -> {
            // Until all the others are in line.
            if (come.incrementAndGet() == 1) {
                await(() -> gate.waiting() == JOBS - 1);
            }
            return pool.dataSource.getConnection();
        };
        together(JOBS, passes(1, waits ? impatient.withMaxWait(LONG) : impatient));
        assertThat(told).containsExactly("unavailable down", "back after " + failures);
    }

    @Test
    void oneTooManyIsTurnedAwayWhileTheDatabaseIsSilentAndAtOnceWhenThatIsNews() throws Exception {
        learn(WIDE);
        pool.keepTop();
        pool.idle.clear();
        clock.longestWait = Duration.ofMillis(5);
        Settings one = AT_ONCE.withInitialBackoff(Duration.ofMinutes(1)).withMaxWaitingJobs(1);
        pool.outage = Optional.of(GONE);
        assertThat(pass(one)).isInstanceOf(Verdict.Unavailable.class);
        // Fresh news.
        assertThat(GateFixture.reason(pass(one.withMaxWaitingJobs(0).withMaxWait(LONG))))
                .isEqualTo(Reason.CROWDED);
        clock.ahead = Duration.ofMinutes(1);
        CountDownLatch asks = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        checkout = () -> {
            asks.countDown();
            await(answer);
            return pool.dataSource.getConnection();
        };
        Future<Verdict> first = jobs.submit(() -> pass(one.withMaxWait(LONG.multipliedBy(3))));
        await(asks);
        AtomicReference<Verdict> second = new AtomicReference<>();
        Thread job = new Thread(() -> second.set(pass(one.withMaxWait(LONG.multipliedBy(3)))));
        job.start();
        await(() -> waitsIn(job, "awaitTurn"));
        clock.ahead = clock.ahead.plus(LONG).plusMinutes(1);
        job.join();
        assertThat(GateFixture.reason(second.get())).isEqualTo(Reason.CROWDED);
        pool.outage = Optional.empty();
        answer.countDown();
        assertLive(first.get());
    }

    @Test
    void whoHasLittleTimeEndsThePauseForWhoHasMuchAndIsBeforeHim() throws Exception {
        pool.outage = Optional.of(GONE);
        AtomicReference<Verdict> first = new AtomicReference<>();
        Thread waits = new Thread(() -> first.set(pass(PATIENT.withMaxWait(LONG.multipliedBy(2)))));
        waits.start();
        await(() -> gate.state() == DataSourceState.UNAVAILABLE && waitsIn(waits, "awaitTurn"));
        pool.outage = Optional.empty();
        // The pause is an hour.
        clock.ahead = Duration.ofMinutes(1);
        assertLive(pass(AT_ONCE.withInitialBackoff(Duration.ofMinutes(1))));
        waits.join();
        assertLive(first.get());
        assertThat(told).containsExactly("unavailable down", "back after 1");
    }

    @Test
    void oldAnswersOfOthersDoNotMakeASuspectGateHealthy() throws Exception {
        learn(WIDE);
        CountDownLatch answer = new CountDownLatch(1);
        pool.idle.peek().answering = () -> await(answer);
        Future<Verdict> first = jobs.submit(() -> pass(PATIENT));
        await(() -> pool.lent == 1);
        pool.with(1, true);
        Future<Verdict> second = jobs.submit(() -> pass(PATIENT));
        await(() -> gate.state() == DataSourceState.SUSPECT);
        List<DataSourceState> states = new CopyOnWriteArrayList<>();
        checkout = () -> {
            states.add(gate.state());
            return pool.dataSource.getConnection();
        };
        answer.countDown();
        assertLive(first.get());
        assertLive(second.get());
        // The second one asked again when the first was through.
        assertThat(states).containsExactly(DataSourceState.SUSPECT);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
        assertThat(told).containsExactly("evicted");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "100, false", "2, true", "2, false", "0, true", "0, false"})
    void aBodyThatLostItsConnectionDisturbsNobodyWhoWaits(int capacity, boolean inTransaction) throws Exception {
        learn(capacity);
        Callable<Boolean> job = () -> {
            for (int i = 0; i < 30; i++) {
                if (i % 3 == 0) {
                    gate.bodyFailed(new Target("java:x", dataSource, AT_ONCE), new SQLException("gone", "08S01"));
                }
                FakePool.BindingTransaction transaction = pool.new BindingTransaction();
                assertLive(
                        pass(AT_ONCE, Optional.<JobTransaction>of(transaction).filter(any -> inTransaction)));
                transaction.end();
            }
            return true;
        };
        together(JOBS, job);
        assertThat(told).isEmpty();
    }

    // Nobody waits without need.

    static Stream<Arguments> nights() {
        return Stream.of(WIDE, 2, 0)
                .flatMap(capacity -> Stream.of(
                        Arguments.of(capacity, false, true),
                        Arguments.of(capacity, true, true),
                        Arguments.of(capacity, true, false)));
    }

    @ParameterizedTest
    @MethodSource("nights")
    void withoutAnyWaitAllPassBeforeAHealthyDatabase(int capacity, boolean dead, boolean canSweep) throws Exception {
        learn(capacity);
        pool.canSweep = canSweep;
        for (int night = 0; night < 10; night++) {
            pool.idle.clear();
            pool.with(20, dead);
            together(8, passes(2, AT_ONCE));
        }
        assertThat(pool.lent).isZero();
        assertThat(told).allMatch("evicted"::equals);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noJobIsForgottenInTheLine(long seed) throws Exception {
        Random random = new Random(seed);
        learn(WIDE);
        for (int round = 0; round < 20; round++) {
            synchronized (pool) {
                // Somebody may still be asking after the last one that was lost.
                pool.idle.clear();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    pool.with(1, random.nextInt(4) == 0);
                    pool.idle.peek().autoCommit = random.nextInt(6) != 0;
                }
                pool.canSweep = random.nextBoolean();
            }
            pool.capacity = OptionalInt.of(random.nextInt(12));
            long jobsSeed = random.nextLong();
            AtomicInteger number = new AtomicInteger();
            Callable<Boolean> job = () -> {
                Random mine = new Random(jobsSeed + number.incrementAndGet());
                for (int i = 0; i < 5; i++) {
                    assertLive(pass(PATIENT));
                    switch (mine.nextInt(6)) {
                        case 0 -> pool.capacity = OptionalInt.of(mine.nextInt(12));
                        case 1 -> pool.capacity = OptionalInt.empty();
                        case 2 -> gate.bodyFailed(new Target("java:x", dataSource, PATIENT), GONE);
                        default -> Thread.yield();
                    }
                }
                return true;
            };
            // Whoever is not woken waits for an hour.
            together(JOBS, job);
        }
        assertThat(pool.lent).isZero();
    }

    @Test
    void whoGivesUpInTheLineLeavesItToTheNext() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        pool.fresh = () -> answering(() -> await(answer));
        Future<Verdict> asking = jobs.submit(() -> pass(PATIENT));
        await(() -> pool.lent == 1);
        Thread first = new Thread(() -> {
            assertThat(((Verdict.Unavailable) pass(PATIENT)).reason()).isEqualTo(Reason.INTERRUPTED);
            told.add("gave up");
        });
        first.start();
        await(() -> waitsIn(first, "awaitTurn"));
        Thread second = new Thread(() -> {
            assertLive(pass(PATIENT));
            told.add("passed");
        });
        second.start();
        await(() -> waitsIn(second, "awaitTurn"));
        first.interrupt();
        first.join();
        answer.countDown();
        assertLive(asking.get());
        second.join();
        assertThat(told).containsExactly("gave up", "passed");
    }

    @Test
    void whenTheServerStopsAllWhoWaitAreTold() throws Exception {
        pool.outage = Optional.of(GONE);
        CountDownLatch waiting = new CountDownLatch(1);
        checkout = () -> {
            waiting.countDown();
            return pool.dataSource.getConnection();
        };
        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            verdicts.add(jobs.submit(() -> pass(PATIENT)));
        }
        await(waiting);
        stopped = true;
        gate.wake();
        for (Future<Verdict> verdict : verdicts) {
            assertThat(((Verdict.Unavailable) verdict.get()).reason()).isEqualTo(Reason.STOPPED);
        }
        assertThat(told).containsExactly("unavailable down");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensEachJobHasItsVerdictInTimeAndTheGateRecovers(long seed) throws Exception {
        Settings quick = Settings.DEFAULTS
                .withValidationTimeout(Duration.ofMillis(50))
                .withMaxWait(Duration.ofMillis(100))
                .withInitialBackoff(Duration.ofMillis(1))
                .withMaxBackoff(Duration.ofMillis(8));
        learn(WIDE);
        CountDownLatch calm = new CountDownLatch(1);
        Random random = new Random(seed);
        checkout = () -> {
            switch (calm.getCount() == 0 ? 9 : random.nextInt(10)) {
                case 0 -> throw new SQLException("gone", "08S01");
                case 1 -> throw new SQLException("pool exhausted");
                case 2 -> throw new ServiceConfigurationError("driver");
                case 3 -> await(calm);
                default -> pool.capacity = OptionalInt.of(random.nextInt(12));
            }
            return pool.dataSource.getConnection();
        };
        pool.fresh = () -> {
            FakePool.Physical physical = new FakePool.Physical();
            physical.dead = random.nextInt(8) == 0;
            physical.autoCommit = random.nextInt(8) != 0;
            if (random.nextInt(8) == 0) {
                physical.silence = Optional.of(new CountDownLatch(1));
            }
            return physical;
        };
        Callable<Duration> job = () -> {
            Duration longest = Duration.ZERO;
            for (int i = 0; i < 15; i++) {
                long start = System.nanoTime();
                pass(quick);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            return longest;
        };
        // 0.15 s, and what the machine may be late.
        assertThat(together(JOBS, job)).allMatch(took -> took.compareTo(Duration.ofSeconds(10)) < 0);
        pool.fresh = FakePool.Physical::new;
        calm.countDown();
        await(() -> pass(quick) instanceof Verdict.Live);
        helper.shutdown();
        assertThat(helper.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.lent).isZero();
    }
}
