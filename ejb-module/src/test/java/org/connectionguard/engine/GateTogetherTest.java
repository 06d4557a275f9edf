/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static final SQLException GONE = new SQLException("gone", "08S01");
    private static final SQLException EXHAUSTED = new SQLException("pool exhausted");

    private final FakePool pool = new FakePool();
    private final ExecutorService helper = Executors.newCachedThreadPool();
    private final ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final Clock clock = new Clock();

    /** What a checkout is, on its way to the pool. */
    private volatile Callable<Connection> checkout = pool.dataSource::getConnection;

    private final DataSource dataSource = (DataSource) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> checkout.call());

    private final Gate gate = new Gate(
            "java:x",
            helper::execute,
            Runnable::run,
            () -> false,
            clock,
            new Pools(List.of(pool)),
            List.of(new GuardListener() {
                @Override
                public void evicted(String name, String why, boolean siblings) {
                    told.add("evicted");
                }

                @Override
                public void unavailable(String name, Trouble trouble) {
                    told.add("unavailable " + trouble.reason());
                }

                @Override
                public void back(String name, Duration outage, int attempts) {
                    told.add("back after " + attempts);
                }
            }));

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
        return gate.admit(
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
        await(() -> asking.get() != null && isWaiting(job));
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
        await(() -> job.getState() == Thread.State.WAITING);
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
}
