/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.OnUnavailable;
import org.connectionguard.RunOutcome;
import org.connectionguard.call.Admissions;
import org.connectionguard.call.Caller;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.call.Runs;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.pool.Pools;
import org.connectionguard.server.ApplicationServer;
import org.connectionguard.server.BusinessCall;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.WildFlyServer;
import org.connectionguard.testing.FakeSource;
import org.connectionguard.testing.FakeTransactions;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.Stub;
import org.jboss.as.ejb3.timerservice.spi.ManagedTimer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Timers of a server whose calls are guarded, and put off where there is no database. Guard, gates, scouts and threads are real;
 * the server, its data source and its timers are not.
 */
abstract class LaterFixture {
    static final int AT_ONCE = 2;
    static final SQLException LOST = new SQLException("Communications link failure", "08S01");
    static final String THREADS = "java:comp/DefaultManagedExecutorService";
    static final String TIMERS = "java:comp/TimerService";

    @RegisterExtension
    final Jndi jndi = new Jndi();

    @RegisterExtension
    final Log log = new Log();

    private final FakeTransactions transactions = new FakeTransactions();
    final FakeSource source = new FakeSource("java:x", transactions);
    final CountingTime time = new CountingTime();

    /** What was told of runs. */
    final List<GuardEvent.OfJob> events = new CopyOnWriteArrayList<>();

    private final LoggingListener listener = new LoggingListener();
    final Guard guard = new Guard(List.of(this::heard), time, new Pools(List.of(source)));
    private final Admissions admissions = new Admissions(guard);
    final ExecutorService threads = Executors.newCachedThreadPool();

    /** How clients call the job, should its timer not be one that can be called. */
    Optional<BusinessCall> view = Optional.empty();

    /** Where it is. */
    ApplicationServer kind = new WildFlyServer();

    Later later = later(Optional.empty());

    /** Counts how often somebody looks at the time of day, and may leap. */
    static final class CountingTime implements Time {
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicLong leapt = new AtomicLong();

        void leap(Duration further) {
            leapt.addAndGet(further.toNanos());
        }

        int looks() {
            return looks.get();
        }

        @Override
        public Instant now() {
            looks.incrementAndGet();
            return SYSTEM.now();
        }

        @Override
        public long nanos() {
            return SYSTEM.nanos() + leapt.get();
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
            SYSTEM.await(condition, nanos);
        }

        @Override
        public double random() {
            return SYSTEM.random();
        }
    }

    Later later(Optional<Duration> expiresAfter) {
        return later(expiresAfter, Duration.ofSeconds(30));
    }

    /** @param reminder so long after its call the server calls what it keeps */
    Later later(Optional<Duration> expiresAfter, Duration reminder) {
        JtaTransaction.Server server = transactions.server();
        return new Later(
                guard,
                new JtaTransaction.Server(server.registry(), server.manager(), kind),
                "shop",
                expiresAfter,
                AT_ONCE,
                job -> view,
                reminder);
    }

    private void heard(GuardEvent event) {
        if (event instanceof GuardEvent.OfJob ofJob) {
            events.add(ofJob);
            listener.heard(ofJob);
        }
    }

    @BeforeEach
    void server() {
        jndi.bind(THREADS, threads);
    }

    @AfterEach
    void end() {
        later.close();
        guard.close();
        threads.shutdownNow();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }

    void outage() {
        source.outage = Optional.of(LOST);
    }

    void back() {
        source.outage = Optional.empty();
    }

    /** The job of a timer. */
    final class Job {
        final String name;
        final AtomicInteger bodies = new AtomicInteger();
        volatile Callable<?> body = () -> "done";
        volatile Duration maxWait = Duration.ZERO;

        /** What comes of its transaction; empty: it is in none. */
        volatile Optional<IntSupplier> commit = Optional.empty();

        Job(String name) {
            this.name = name;
        }

        /** As its container calls it. */
        Object call(Object timer) throws Exception {
            Map<String, Object> data = new HashMap<>();
            InvocationContext invocation = Stub.of(InvocationContext.class, (method, arguments) -> switch (method) {
                case "getContextData" -> data;
                case "getTimer" -> timer;
                case "getMethod" -> Object.class.getMethod("notify");
                case "proceed" -> {
                    bodies.incrementAndGet();
                    yield body.call();
                }
                default -> null;
            });
            Plan plan = new Plan(
                    List.of(source.target(FakeSource.PATIENT
                            .withInitialBackoff(Duration.ofMillis(100))
                            .withMaxBackoff(Duration.ofMillis(100)))),
                    OnUnavailable.LATER,
                    maxWait,
                    Optional.empty());
            Runs runs = new Runs(guard, Optional.of(later));
            GuardedCall call = new GuardedCall(invocation, name, admissions, runs, plan, Caller.CALLS_AGAIN);
            Object result = call.inTransaction(commit.map(each -> transactions.current()));
            commit.ifPresent(status -> transactions.end(status.getAsInt()));
            return result;
        }

        /** How its runs ended. */
        List<RunOutcome> outcomes() {
            return events.stream()
                    .filter(GuardEvent.RunEnded.class::isInstance)
                    .map(GuardEvent.RunEnded.class::cast)
                    .filter(ended -> ended.job().equals(name))
                    .map(GuardEvent.RunEnded::outcome)
                    .toList();
        }

        /** What became of its runs that were put off. */
        List<DeferralEnded> endings() {
            return events.stream()
                    .filter(DeferralEnded.class::isInstance)
                    .map(DeferralEnded.class::cast)
                    .filter(ended -> ended.job().equals(name))
                    .toList();
        }

        void awaitEnd(End end) {
            await().until(() -> !endings().isEmpty());
            assertThat(endings()).extracting(DeferralEnded::end).containsExactly(end);
            assertThat(later.since(name)).isEmpty();
        }
    }

    /** A timer of WildFly's, which comes again. */
    final class Recurring {
        final Job job;
        volatile boolean cancelled;
        volatile boolean persistent;
        volatile Instant next = Instant.now().plus(Duration.ofDays(1));
        final Timer timer = Stub.of(ManagedTimer.class, this::answer);

        Recurring(Job job) {
            this.job = job;
        }

        private Object answer(String method, Object[] arguments) throws Exception {
            if (cancelled) {
                throw new NoSuchObjectLocalException("It was cancelled");
            }
            return switch (method) {
                case "invoke" -> job.call(this.timer);
                case "getNextTimeout" -> Date.from(next);
                case "getTimeRemaining" -> 1L;
                case "isPersistent" -> persistent;
                default -> false;
            };
        }

        Object expires() throws Exception {
            return job.call(timer);
        }
    }

    Recurring recurring(String name) {
        return new Recurring(new Job(name));
    }

    /** Timers that expire once, and are called by the container on a thread of its own when it is told to at once. */
    final class Once {
        final Job job;
        final boolean persistent;
        final List<Timer> made = new CopyOnWriteArrayList<>();
        final List<Timer> cancelled = new CopyOnWriteArrayList<>();

        /** Somebody else has taken them away. */
        final List<Timer> gone = new CopyOnWriteArrayList<>();

        /** Why the server makes no more of them. */
        volatile Optional<RuntimeException> failure = Optional.empty();

        final Timer first = timer();

        Once(Job job, boolean persistent) {
            this.job = job;
            this.persistent = persistent;
            jndi.bind(
                    TIMERS,
                    Stub.of(
                            TimerService.class,
                            (method, arguments) -> make((long) arguments[0], (TimerConfig) arguments[1])));
        }

        private Timer timer() {
            Timer[] self = new Timer[1];
            self[0] = Stub.of(ManagedTimer.class, (method, arguments) -> switch (method) {
                case "getNextTimeout" -> throw new NoMoreTimeoutsException();
                case "getInfo" -> "order 7";
                case "cancel" -> {
                    if (gone.contains(self[0])) {
                        throw new NoSuchObjectLocalException("It was cancelled");
                    }
                    yield cancelled.add(self[0]);
                }
                case "isPersistent" -> persistent;
                default -> false;
            });
            return self[0];
        }

        private Timer make(long delay, TimerConfig configuration) {
            assertThat(configuration.getInfo()).isEqualTo("order 7");
            assertThat(configuration.isPersistent()).isEqualTo(persistent);
            if (failure.isPresent()) {
                throw failure.get();
            }
            Timer timer = timer();
            made.add(timer);
            if (delay == 0) {
                transactions.atCommit(() -> threads.submit(() -> job.call(timer)));
            }
            return timer;
        }
    }

    Once once(String name, boolean persistent) {
        return new Once(new Job(name), persistent);
    }
}
