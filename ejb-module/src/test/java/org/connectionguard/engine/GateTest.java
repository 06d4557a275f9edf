/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Test;

/** Every rule of the gate, in virtual time. */
class GateTest {
    private static final Duration MAX_WAIT = Settings.DEFAULTS.maxWait();
    private static final Duration VALIDATION = Settings.DEFAULTS.validationTimeout();
    private static final SQLException REFUSED = new SQLException("Communications link failure", "08S01", 0);
    private static final SQLException WRONG_PASSWORD = new SQLException("Access denied", "28000", 1045);

    private final VirtualTime time = new VirtualTime();
    private final FakePool pool = new FakePool();
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean stopped;
    private final Gate gate = gate(Runnable::run);

    /** A transaction as the gate sees it. */
    private static final class FakeTransaction implements JobTransaction {
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

    private Gate gate(Executor helper) {
        return gate(helper, List.of(pool));
    }

    private Gate gate(Executor helper, List<Pool> known) {
        GuardListener listener = new GuardListener() {
            @Override
            public void evicted(String dataSource, String why, boolean siblings) {
                told.add("evicted");
            }

            @Override
            public void down(String dataSource, Verdict.Unavailable verdict) {
                told.add("down");
            }

            @Override
            public void back(String dataSource, Duration outage, int attempts) {
                told.add("back after " + outage.toMillis() + " ms, " + attempts);
            }

            @Override
            public void stuck(String dataSource, String what) {
                told.add("stuck " + what);
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
        Gate.Shared shared = Gate.Shared.of(time, new Pools(known));
        return new Gate(
                "java:x",
                pool.dataSource,
                helper,
                Runnable::run,
                () -> stopped,
                shared,
                new SafeListener(List.of(listener)));
    }

    private static Settings settings(Duration maxWait, Duration skip, Optional<Duration> maxAge, int maxWaiting) {
        return Settings.DEFAULTS
                .withMaxWait(maxWait)
                .withSkipIfValidatedWithin(skip)
                .withMaxAge(maxAge)
                .withMaxWaitingJobs(maxWaiting);
    }

    private Verdict pass(Gate entered, Settings settings) {
        return pass(entered, settings, Optional.empty());
    }

    private Verdict pass(Gate entered, Settings settings, Optional<JobTransaction> transaction) {
        return entered.admit(settings, Deadline.after(settings.maxWait(), time), transaction, Optional.empty());
    }

    private Verdict pass() {
        return pass(gate, Settings.DEFAULTS);
    }

    private Verdict pass(JobTransaction transaction) {
        return pass(gate, Settings.DEFAULTS, Optional.of(transaction));
    }

    private static Reason reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
        return ((Verdict.Unavailable) verdict).reason();
    }

    @Test
    void aLiveConnectionIsValidatedOnceAndGivenBack() {
        pool.with(1, false);
        FakePool.Physical only = pool.idle.peek();
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(only.validations).isEqualTo(1);
        assertThat(pool.idle).containsExactly(only);
        assertThat(pool.lent).isZero();
        assertThat(gate.state()).isEqualTo(Health.State.HEALTHY);
        assertThat(told).isEmpty();
    }

    @Test
    void whatThisJobWasPromisedIsNotAskedAgain() {
        pool.with(2, false);
        Verdict.Live promised = (Verdict.Live) pass();
        FakeTransaction transaction = new FakeTransaction();
        assertThat(promised.physical()).isPresent();
        assertThat(gate.admit(
                        Settings.DEFAULTS,
                        Deadline.after(MAX_WAIT, time),
                        Optional.of(transaction),
                        promised.physical()))
                .isEqualTo(promised);
        assertThat(transaction.entered).isEqualTo(1);
        assertThat(pool.validations()).isEqualTo(1);
        // Somebody took it meanwhile: the one that comes instead is asked.
        pool.keepTop();
        gate.admit(Settings.DEFAULTS, Deadline.after(MAX_WAIT, time), Optional.empty(), promised.physical());
        assertThat(pool.validations()).isEqualTo(2);
    }

    @Test
    void aDeadConnectionIsDestroyedWithItsIdleSiblings() {
        pool.with(5, true);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).hasSize(5);
        assertThat(pool.borrowed).isEqualTo(2);
        assertThat(told).containsExactly("evicted");
    }

    @Test
    void whereThePoolCannotSweepDeadConnectionsGoOneByOne() {
        pool.canSweep = false;
        pool.with(20, true);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).hasSize(20);
        assertThat(pool.borrowed).isEqualTo(21);
    }

    @Test
    void anOutageIsWaitedOutWithDoublingPauses() {
        pool.outage = Optional.of(REFUSED);
        time.at(Duration.ofSeconds(1), () -> pool.outage = Optional.empty());
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        // At 0, 0.1, 0.3, 0.7 and 1.5 s.
        assertThat(pool.borrowed).isEqualTo(5);
        assertThat(told).containsExactly("down", "back after 1500 ms, 4");
        assertThat(gate.state()).isEqualTo(Health.State.BACK);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(gate.state()).isEqualTo(Health.State.HEALTHY);
    }

    @Test
    void anOutageBeyondTheDeadlineIsAVerdictAndTheStateIsKept() {
        pool.outage = Optional.of(REFUSED);
        long start = time.nanos();
        Verdict verdict = pass();
        assertThat(reason(verdict)).isEqualTo(Reason.DOWN);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MAX_WAIT);
        assertThat(((Verdict.Unavailable) verdict).message())
                .contains("CG0201 java:x", "(down) after 30.0 s", "SQLState 08S01", "Is the database running");
        assertThat(((Verdict.Unavailable) verdict).cause()).contains(REFUSED);
        assertThat(gate.state()).isEqualTo(Health.State.DOWN);
        assertThat(told).containsExactly("down");
        int attempts = pool.borrowed;
        // The next job does not ask before the pause is over.
        assertThat(reason(pass(gate, settings(Duration.ZERO, Duration.ZERO, Optional.empty(), 4))))
                .isEqualTo(Reason.DOWN);
        assertThat(pool.borrowed).isEqualTo(attempts);
    }

    @Test
    void aRefusalIsToldAtOnceAndAskedAgainAfterAPauseOnly() {
        pool.outage = Optional.of(WRONG_PASSWORD);
        long start = time.nanos();
        assertThat(reason(pass())).isEqualTo(Reason.REFUSED);
        assertThat(reason(pass())).isEqualTo(Reason.REFUSED);
        assertThat(time.nanos()).isEqualTo(start);
        assertThat(pool.borrowed).isEqualTo(1);
        pool.outage = Optional.empty();
        time.pass(Duration.ofMillis(150));
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
    }

    @Test
    void anExhaustedPoolIsNotCalledDown() {
        pool.outage = Optional.of(new SQLException("pool exhausted"));
        assertThat(reason(pass())).isEqualTo(Reason.EXHAUSTED);
    }

    @Test
    void aCheckoutThatDoesNotReturnCostsMaxWaitAndOneValidationTimeoutAndOneThread() {
        pool.with(1, false);
        Gate slow = gate(held::add);
        long start = time.nanos();
        assertThat(reason(pass(slow, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MAX_WAIT.plus(VALIDATION));
        assertThat(told).contains("stuck BORROWING");
        // The next job waits for the same thread; it starts no other.
        assertThat(reason(pass(slow, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        assertThat(held).hasSize(1);
        // When it comes back, it is used again.
        held.remove(0).run();
        time.at(Duration.ofMillis(5), () -> held.remove(0).run());
        time.pass(Duration.ofMillis(1));
        assertThat(pass(slow, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(pool.lent).isZero();
    }

    @Test
    void withinTheBypassWindowNothingIsAsked() {
        Settings window = settings(MAX_WAIT, Duration.ofSeconds(10), Optional.empty(), 4);
        pool.with(1, false);
        assertThat(pass(gate, window)).isInstanceOf(Verdict.Live.class);
        time.pass(Duration.ofSeconds(9));
        assertThat(pass(gate, window)).isInstanceOf(Verdict.Live.class);
        assertThat(pool.borrowed).isEqualTo(1);
        time.pass(Duration.ofSeconds(1));
        assertThat(pass(gate, window)).isInstanceOf(Verdict.Live.class);
        assertThat(pool.borrowed).isEqualTo(2);
    }

    @Test
    void anOldConnectionIsEvictedAloneByItsAgeSinceItWasFirstSeen() {
        Settings limited = settings(MAX_WAIT, Duration.ZERO, Optional.of(Duration.ofMinutes(30)), 4);
        pool.with(2, false);
        assertThat(pass(gate, limited)).isInstanceOf(Verdict.Live.class);
        time.pass(Duration.ofMinutes(31));
        assertThat(pass(gate, limited)).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).hasSize(1);
        assertThat(pool.idle).hasSize(1);
    }

    @Test
    void aConnectionWhoseAutocommitWasNotRestoredIsEvicted() {
        pool.with(1, false);
        pool.idle.peek().autoCommit = false;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).hasSize(1);
        assertThat(told).containsExactly("evicted");
    }

    @Test
    void afterABodyLostItsConnectionTheIdleOnesAreSwept() {
        pool.with(3, false);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        gate.lost(Settings.DEFAULTS);
        assertThat(pool.sweeps).isEqualTo(1);
        assertThat(pool.idle).isEmpty();
        assertThat(gate.state()).isEqualTo(Health.State.SUSPECT);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(gate.state()).isEqualTo(Health.State.HEALTHY);
    }

    @Test
    void theTransactionIsBoundToTheValidatedConnectionWithoutAskingItAgain() {
        pool.with(2, false);
        FakePool.Physical top = pool.idle.peek();
        FakeTransaction transaction = new FakeTransaction();
        assertThat(pass(transaction)).isInstanceOf(Verdict.Live.class);
        assertThat(transaction.entered).isEqualTo(1);
        assertThat(pool.borrowed).isEqualTo(2);
        assertThat(top.validations).isEqualTo(1);
        assertThat(pool.lent).isZero();
    }

    @Test
    void anotherConnectionThatComesIntoTheTransactionIsValidatedToo() {
        pool.with(2, false);
        FakePool.Physical other = pool.idle.peekLast();
        FakeTransaction transaction = new FakeTransaction();
        transaction.before = pool::keepTop;
        assertThat(pass(transaction)).isInstanceOf(Verdict.Live.class);
        assertThat(other.validations).isEqualTo(1);
    }

    @Test
    void aDeadOneThatComesIntoTheTransactionDoomsIt() {
        pool.with(1, true).with(1, false);
        FakePool.Physical dead = pool.idle.peekLast();
        FakeTransaction transaction = new FakeTransaction();
        transaction.before = pool::keepTop;
        Verdict verdict = pass(transaction);
        assertThat(reason(verdict)).isEqualTo(Reason.UNFIT);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isTrue();
        assertThat(((Verdict.Unavailable) verdict).allowsProceeding()).isFalse();
        assertThat(((Verdict.Unavailable) verdict).message()).contains("rolled back");
        assertThat(pool.destroyed).contains(dead);
        assertThat(told).containsExactly("evicted");
    }

    @Test
    void aCheckoutThatFailsInTheTransactionDoomsIt() {
        pool.with(1, false);
        FakeTransaction transaction = new FakeTransaction();
        transaction.before = () -> {
            pool.keepTop();
            pool.outage = Optional.of(REFUSED);
        };
        Verdict verdict = pass(transaction);
        assertThat(reason(verdict)).isEqualTo(Reason.DOWN);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isTrue();
    }

    @Test
    void aTransactionThatIsOverIsNotEntered() {
        pool.with(1, false);
        FakeTransaction transaction = new FakeTransaction();
        transaction.active = false;
        assertThat(pass(transaction)).isInstanceOf(Verdict.Live.class);
        assertThat(transaction.entered).isZero();
    }

    @Test
    void aTransactionWhoseJobHasGivenUpIsNotEntered() {
        pool.with(1, false);
        Gate slow = gate(held::add);
        FakeTransaction transaction = new FakeTransaction();
        Verdict verdict = pass(slow, Settings.DEFAULTS, Optional.of(transaction));
        assertThat(reason(verdict)).isEqualTo(Reason.SILENT);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isFalse();
        held.remove(0).run();
        assertThat(transaction.entered).isZero();
        assertThat(pool.lent).isZero();
    }

    @Test
    void inAPoolThatNobodyKnowsDeadConnectionsAreAbortedAndTheOperatorIsToldOnce() {
        Gate unknown = gate(Runnable::run, List.of());
        pool.with(1, false);
        FakePool.Physical live = pool.idle.peek();
        pool.with(2, true);
        List<FakePool.Physical> dead = List.copyOf(pool.idle).subList(0, 2);
        // Such a pool destroys what comes back aborted.
        pool.destroyAborted = true;
        assertThat(pass(unknown, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(pass(unknown, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(dead).allMatch(physical -> physical.aborted);
        assertThat(pool.idle).containsExactly(live);
        assertThat(told).containsExactly("evicted", "evicted", "unknown pool");
    }

    @Test
    void interruptionEndsTheWaitAndIsKept() {
        pool.outage = Optional.of(REFUSED);
        time.at(Duration.ofSeconds(1), () -> Thread.currentThread().interrupt());
        assertThat(reason(pass())).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void stoppingEndsTheWait() {
        pool.outage = Optional.of(REFUSED);
        long start = time.nanos();
        time.at(Duration.ofSeconds(1), () -> {
            stopped = true;
            gate.wake();
        });
        Verdict verdict = pass();
        assertThat(reason(verdict)).isEqualTo(Reason.STOPPED);
        assertThat(((Verdict.Unavailable) verdict).allowsProceeding()).isFalse();
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void stoppingLeavesAProbeThatIsUnderWayOneValidationTimeoutInAll() {
        Gate slow = gate(held::add);
        long start = time.nanos();
        time.at(Duration.ofSeconds(1), () -> stopped = true);
        assertThat(reason(pass(slow, Settings.DEFAULTS))).isEqualTo(Reason.STOPPED);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(VALIDATION);
    }

    @Test
    void whoFindsALiveConnectionPassesWhileTheServerStops() {
        stopped = true;
        pool.with(1, true);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
    }

    @Test
    void aServerThatStaysUnfitIsAskedOnceAPause() {
        pool.fresh = FakePool::deadOnArrival;
        assertThat(reason(pass())).isEqualTo(Reason.UNFIT);
        // Three until it counts as away; then at 0.1, 0.3, 0.7, 1.5, 3.1, 6.3, 11.3, 16.3, 21.3, 26.3 s.
        assertThat(pool.borrowed).isEqualTo(13);
        assertThat(pool.lent).isZero();
    }

    @Test
    void thePausesDoubleUpToTheLargestWithJitterAroundThem() {
        Settings settings = Settings.DEFAULTS;
        assertThat(Backoff.nanos(1, settings, 0.5))
                .isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(Backoff.nanos(3, settings, 0.5))
                .isEqualTo(Duration.ofMillis(400).toNanos());
        assertThat(Backoff.nanos(1000, settings, 0.5))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(Backoff.nanos(1, settings, 0))
                .isCloseTo(Duration.ofMillis(80).toNanos(), within(10L));
        assertThat(Backoff.nanos(1, settings, 1))
                .isCloseTo(Duration.ofMillis(120).toNanos(), within(10L));
    }
}
