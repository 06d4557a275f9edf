/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.AfterEach;

/** A gate in virtual time before a pool, and what it tells. */
abstract class GateFixture {
    static final Duration MAX_WAIT = Settings.DEFAULTS.maxWait();
    static final Duration VALIDATION = Settings.DEFAULTS.validationTimeout();
    static final SQLException REFUSED = new SQLException("Communications link failure", "08S01", 0);
    static final SQLException WRONG_PASSWORD = new SQLException("Access denied", "28000", 1045);

    final VirtualTime time = new VirtualTime();
    final FakePool pool = new FakePool();
    final List<String> told = new ArrayList<>();
    final List<Runnable> held = new ArrayList<>();
    final List<Runnable> spared = new ArrayList<>();
    Executor spare = spared::add;
    boolean stopped;
    private final List<Gate> gates = new ArrayList<>();
    final Gate gate = gate(Runnable::run);

    /** Else the next job, whose thread is another, would wait for ever. */
    @AfterEach
    void noGatesLockIsKept() throws Exception {
        for (Gate each : gates) {
            CompletableFuture.runAsync(each::state).get(10, TimeUnit.SECONDS);
        }
    }

    /** A transaction as the gate sees it. */
    static final class FakeTransaction implements JobTransaction {
        boolean active = true;
        boolean letsThreadsIn = true;
        Optional<RuntimeException> saysNothing = Optional.empty();
        int entered;

        /** The last one that worked in it. */
        Thread thread;

        /** Happens on the way into it. */
        Runnable before = () -> {};

        @Override
        public boolean isActive() {
            return active;
        }

        @Override
        public boolean isOver() {
            if (saysNothing.isPresent()) {
                throw saysNothing.get();
            }
            return !active;
        }

        @Override
        public boolean letsThreadsIn() {
            return letsThreadsIn;
        }

        @Override
        public <T> T within(Work<T> work) throws SQLException {
            entered++;
            thread = Thread.currentThread();
            before.run();
            return work.run();
        }
    }

    /** It answers at once, but for the questions that it is asked meanwhile. */
    Gate holdingWhile(boolean[] silent) {
        return gate(heldWhile(silent)::execute);
    }

    Executor heldWhile(boolean[] silent) {
        return task -> {
            if (silent[0]) {
                held.add(task);
            } else {
                task.run();
            }
        };
    }

    Gate gate(Threads threads) {
        return gate(threads, List.of(pool));
    }

    Gate gate(Threads threads, List<Pool> known) {
        Gate made = new Gate(
                "java:x",
                threads,
                task -> spare.execute(task),
                () -> stopped,
                time,
                new Pools(known),
                List.of(this::heard));
        gates.add(made);
        return made;
    }

    private void heard(GuardEvent event) {
        if (event instanceof GuardEvent.Validated) {
            throw new IllegalStateException("A listener that fails");
        }
        line(event).ifPresent(told::add);
    }

    private static Optional<String> line(GuardEvent event) {
        if (event instanceof GuardEvent.Evicted) {
            return Optional.of("evicted");
        }
        if (event instanceof GuardEvent.OutageBegan began) {
            return Optional.of("unavailable " + began.reason());
        }
        if (event instanceof GuardEvent.JobsWaiting waiting) {
            return Optional.of(
                    "waiting " + waiting.jobs() + " for " + waiting.silence().toMillis() + " ms");
        }
        if (event instanceof GuardEvent.OutageEnded ended) {
            return Optional.of("back after " + ended.duration().toMillis() + " ms, " + ended.attempts());
        }
        if (event instanceof GuardEvent.Stuck stuck) {
            return Optional.of("stuck " + stuck.phase() + " " + stuck.threads());
        }
        return event instanceof GuardEvent.Noted noted ? Optional.of(note(noted)) : Optional.empty();
    }

    private static String note(GuardEvent.Noted noted) {
        return switch (noted.kind()) {
            case DOUBTED -> "doubted " + noted.detail();
            case BODY_LOST_CONNECTION -> "lost";
            case UNKNOWN_POOL -> "unknown pool";
            case UNBOUND -> "unbound";
        };
    }

    static Settings settings(Duration maxWait, Duration skip, Optional<Duration> maxAge, int maxWaiting) {
        return Settings.DEFAULTS
                .withMaxWait(maxWait)
                .withSkipIfValidatedWithin(skip)
                .withMaxAge(maxAge)
                .withMaxWaitingJobs(maxWaiting);
    }

    Verdict pass(Gate entered, Settings settings) {
        return pass(entered, settings, Optional.empty());
    }

    Verdict pass(Gate entered, Settings settings, Optional<JobTransaction> transaction) {
        return pass(entered, settings, transaction, OptionalLong.empty());
    }

    Verdict pass(Gate entered, Settings settings, Optional<JobTransaction> transaction, OptionalLong promised) {
        return entered.admit(
                new Target("java:x", pool.dataSource, settings),
                Deadline.after(settings.maxWait(), time),
                transaction,
                promised);
    }

    Target target() {
        return new Target("java:x", pool.dataSource, Settings.DEFAULTS);
    }

    Verdict pass() {
        return pass(gate, Settings.DEFAULTS);
    }

    Verdict pass(JobTransaction transaction) {
        return pass(gate, Settings.DEFAULTS, Optional.of(transaction));
    }

    static Reason reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
        return ((Verdict.Unavailable) verdict).reason();
    }
}
