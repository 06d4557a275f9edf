/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;

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
    boolean stopped;
    final Gate gate = gate(Runnable::run);

    /** A transaction as the gate sees it. */
    static final class FakeTransaction implements JobTransaction {
        boolean active = true;
        int entered;

        /** Happens on the way into it. */
        Runnable before = () -> {};

        @Override
        public boolean isActive() {
            return active;
        }

        @Override
        public <T> T within(Work<T> work) throws SQLException {
            entered++;
            before.run();
            return work.run();
        }
    }

    Gate gate(Threads threads) {
        return gate(threads, List.of(pool));
    }

    Gate gate(Threads threads, List<Pool> known) {
        GuardListener listener = new GuardListener() {
            @Override
            public void evicted(String dataSource, String why, boolean siblings) {
                told.add("evicted");
            }

            @Override
            public void unavailable(String dataSource, Trouble trouble) {
                told.add("unavailable " + trouble.reason());
            }

            @Override
            public void waiting(String dataSource, int jobs, Duration silence) {
                told.add("waiting " + jobs + " for " + silence.toMillis() + " ms");
            }

            @Override
            public void back(String dataSource, Duration outage, int attempts) {
                told.add("back after " + outage.toMillis() + " ms, " + attempts);
            }

            @Override
            public void stuck(String dataSource, String phase, int threads) {
                told.add("stuck " + phase + " " + threads);
            }

            @Override
            public void doubted(String dataSource, String why) {
                told.add("doubted " + why);
            }

            @Override
            public void bodyLostConnection(String dataSource) {
                told.add("lost");
            }

            @Override
            public void unknownPool(String dataSource, String connectionClass) {
                told.add("unknown pool");
            }

            @Override
            public void validated(String dataSource, long nanos) {
                throw new IllegalStateException("A listener that fails");
            }
        };
        return new Gate("java:x", threads, Runnable::run, () -> stopped, time, new Pools(known), List.of(listener));
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
