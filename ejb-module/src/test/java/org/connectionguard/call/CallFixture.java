/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.connectionguard.GuardEvent;
import org.connectionguard.OnUnavailable;
import org.connectionguard.RunOutcome;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Target;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.FakeSource;
import org.connectionguard.testing.FakeTransactions;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Guarded calls as a container makes them. Guard, gates and their threads are real; the server, its data sources and what is
 * behind them are not.
 */
abstract class CallFixture {
    static final SQLException LOST = new SQLException("Communications link failure", "08S01");

    final PassingTime time = new PassingTime();
    final FakeTransactions transactions = new FakeTransactions();
    final FakeSource source = new FakeSource("java:x", transactions);
    final FakeSource other = new FakeSource("java:y", transactions);

    /** Data sources of which a gate was told that a body had lost its connection. */
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    /** Data sources that were said not to be bound. */
    final List<String> unbound = new CopyOnWriteArrayList<>();

    final Guard guard = new Guard(List.of(this::heard), time, new Pools(List.of(source, other)));
    final Admissions admissions = new Admissions(guard);
    Runs runs = new Runs(guard, Optional.empty());

    /** Whose call an invocation is; empty: no timer's. */
    Optional<Object> timer = Optional.empty();

    /** What was told of runs. */
    final List<GuardEvent.OfJob> events = new CopyOnWriteArrayList<>();

    private final LoggingListener log = new LoggingListener();

    private void heard(GuardEvent event) {
        if (event instanceof GuardEvent.Noted noted) {
            switch (noted.kind()) {
                case BODY_LOST_CONNECTION -> told.add(noted.dataSource());
                case UNBOUND -> unbound.add(noted.dataSource());
                default -> throw new AssertionError(noted);
            }
        } else if (event instanceof GuardEvent.OfJob ofJob) {
            events.add(ofJob);
            log.heard(ofJob);
        }
    }

    private final Logger logger = Logger.getLogger("org.connectionguard");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** What the invocations are of. */
    static final class Job {
        Object gather() {
            throw new UnsupportedOperationException("The invocation has a body of its own");
        }

        CompletableFuture<Object> later() {
            throw new UnsupportedOperationException("The invocation has a body of its own");
        }
    }

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void end() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        guard.close();
        // No test leaves an interruption to the next one.
        assertThat(Thread.interrupted()).isFalse();
    }

    /** A plan that waits for nothing that is away. */
    static Plan plan(OnUnavailable policy, Target... targets) {
        return plan(policy, Duration.ZERO, targets);
    }

    static Plan plan(OnUnavailable policy, Duration maxWait, Target... targets) {
        return new Plan(List.of(targets), policy, maxWait, Optional.empty());
    }

    Plan plan() {
        return plan(OnUnavailable.FAIL, source.target());
    }

    /** An invocation of the job's method; it may be called more than once. */
    InvocationContext invocation(Callable<?> body) {
        return invocation(body, "gather");
    }

    /** @param name of the method */
    InvocationContext invocation(Callable<?> body, String name) {
        Map<String, Object> data = new HashMap<>(Map.of("the application's own", "kept"));
        return Stub.of(InvocationContext.class, (method, arguments) -> switch (method) {
            case "getContextData" -> data;
            case "proceed" -> body.call();
            case "getTimer" -> timer.orElse(null);
            case "getMethod" -> Job.class.getDeclaredMethod(name);
            default -> null;
        });
    }

    GuardedCall call(InvocationContext invocation, Plan plan, Caller caller) {
        return new GuardedCall(invocation, "Job.gather", admissions, runs, plan, caller);
    }

    /** How the runs ended. */
    List<RunOutcome> outcomes() {
        return events.stream()
                .filter(GuardEvent.RunEnded.class::isInstance)
                .map(event -> ((GuardEvent.RunEnded) event).outcome())
                .toList();
    }

    /** What an interceptor inside the transaction does, and the container at its end. */
    Object inTransaction(InvocationContext invocation, Plan plan) throws Exception {
        try {
            return stillInTransaction(invocation, plan);
        } finally {
            transactions.end();
        }
    }

    Object stillInTransaction(InvocationContext invocation, Plan plan) throws Exception {
        return call(invocation, plan, Caller.CALLS_AGAIN).inTransaction(Optional.of(transactions.current()));
    }

    Object inTransaction(Plan plan, Callable<?> body) throws Exception {
        return inTransaction(invocation(body), plan);
    }

    /** Begins the transaction, lets what is inside it run, and ends it. */
    interface Container {
        Object around(Callable<Object> inside) throws Exception;
    }

    /** What the server's interceptor does, before the transaction; inside it there is another one. */
    Object serverWide(Plan plan, Callable<?> body) throws Exception {
        return serverWide(plan, Callable::call, body);
    }

    Object serverWide(Plan plan, Container container, Callable<?> body) throws Exception {
        return serverWide(layers(plan, container, body), plan);
    }

    Object serverWide(InvocationContext layers, Plan plan) throws Exception {
        return call(layers, plan, Caller.CALLS_AGAIN).beforeTransaction();
    }

    /** An invocation that proceeds to the container first, and from the interceptor inside it to the body. */
    InvocationContext layers(Plan plan, Container container, Callable<?> body) {
        AtomicBoolean isInside = new AtomicBoolean();
        AtomicReference<InvocationContext> invocation = new AtomicReference<>();
        invocation.set(invocation(() -> {
            if (isInside.get()) {
                return body.call();
            }
            isInside.set(true);
            try {
                return container.around(() -> inTransaction(invocation.get(), plan));
            } finally {
                isInside.set(false);
            }
        }));
        return invocation.get();
    }

    /** What the context data hold beside the application's own. */
    static Set<String> left(InvocationContext invocation) {
        assertThat(invocation.getContextData()).containsEntry("the application's own", "kept");
        Map<String, Object> data = new HashMap<>(invocation.getContextData());
        data.remove("the application's own");
        return data.keySet();
    }

    /** The ids of what was logged. */
    List<String> logged() {
        return logged.stream().map(line -> line.substring(0, "CG0000".length())).toList();
    }

    /** The next data source that heard of a lost connection; some other thread may be telling it. */
    String nextTold() throws InterruptedException {
        return Optional.ofNullable(told.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }
}
