/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the gate, in virtual time. */
class GateTest extends GateFixture {
    private static final Settings AT_ONCE = settings(Duration.ZERO, Duration.ZERO, Optional.empty(), 4);

    @Test
    void aLiveConnectionIsValidatedOnceAndGivenBack() {
        pool.with(1, false);
        FakePool.Physical only = pool.idle.peek();
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(only.validations).isEqualTo(1);
        assertThat(pool.idle).containsExactly(only);
        assertThat(pool.lent).isZero();
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
        assertThat(told).isEmpty();
    }

    @Test
    void whatThisCallWasPromisedAMomentAgoIsNotAskedAgain() {
        pool.with(2, false);
        Verdict.Live promised = (Verdict.Live) pass();
        FakeTransaction transaction = new FakeTransaction();
        Verdict verdict = pass(gate, Settings.DEFAULTS, Optional.of(transaction), OptionalLong.of(promised.at()));
        assertThat(verdict).isEqualTo(new Verdict.Live(promised.at(), true, Verdict.Effort.NONE));
        assertThat(transaction.entered).isEqualTo(1);
        assertThat(pool.validations()).isEqualTo(1);
        // Somebody took it meanwhile: the one that comes instead is asked.
        pool.keepTop();
        pass(gate, Settings.DEFAULTS, Optional.empty(), OptionalLong.of(promised.at()));
        assertThat(pool.validations()).isEqualTo(2);
    }

    @Test
    void aPromiseGrowsOld() {
        pool.with(1, false);
        Verdict.Live promised = (Verdict.Live) pass();
        time.pass(Duration.ofSeconds(20));
        FakePool.Physical died = pool.idle.peek();
        died.dead = true;
        assertThat(pass(gate, Settings.DEFAULTS, Optional.empty(), OptionalLong.of(promised.at())))
                .isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).containsExactly(died);
    }

    @Test
    void aPromiseIsKeptThoughTimeGoesOnWhileTheConnectionIsAsked() {
        pool.with(1, false);
        pool.idle.peek().answering = () -> time.pass(Duration.ofMillis(2));
        Verdict.Live promised = (Verdict.Live) pass();
        pass(gate, Settings.DEFAULTS, Optional.of(new FakeTransaction()), OptionalLong.of(promised.at()));
        assertThat(pool.validations()).isEqualTo(1);
    }

    @Test
    void whatWasValidatedSinceAPromiseThatHasGrownOldIsAskedWhenItComesIntoTheTransaction() {
        pool.with(2, false);
        FakePool.Physical first = pool.idle.peek();
        Verdict.Live promised = (Verdict.Live) pass();
        pool.keepTop();
        FakePool.Physical second = pool.idle.peek();
        pass();
        pool.idle.push(first);
        time.pass(Duration.ofSeconds(20));
        second.dead = true;
        FakeTransaction transaction = new FakeTransaction();
        transaction.before = pool::keepTop;
        Verdict verdict = pass(gate, Settings.DEFAULTS, Optional.of(transaction), OptionalLong.of(promised.at()));
        assertThat(reason(verdict)).isEqualTo(Reason.UNFIT);
        assertThat(pool.destroyed).containsExactly(second);
    }

    @Test
    void aPromiseToAReaderIsNoneToAWriterAndBadNewsEndIt() {
        pool.with(1, false);
        Verdict.Live promised = (Verdict.Live) pass();
        gate.bodyFailed(target(), new SQLException("gone", "08S01"));
        assertThat(pool.validations()).isEqualTo(2);
        pass(gate, Settings.DEFAULTS, Optional.empty(), OptionalLong.of(promised.at()));
        assertThat(pool.validations()).isEqualTo(2);
        gate.bodyFailed(target(), new SQLException("gone", "08S01"));
        pool.keepTop();
        pool.with(1, false);
        pass(gate, Settings.DEFAULTS, Optional.empty(), OptionalLong.of(promised.at()));
        assertThat(pool.validations()).isEqualTo(4);
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
    void whatIsIdleIsDestroyedByHandOnceThePoolIsKnown() throws SQLException {
        pool.with(3, false);
        assertThat(gate.sweep()).isFalse();
        assertThat(pool.idle).hasSize(3);
        pass();
        assertThat(gate.sweep()).isTrue();
        assertThat(pool.idle).isEmpty();
        assertThat(pool.destroyed).hasSize(3);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void anOutageIsWaitedOutWithDoublingPauses() {
        pool.outage = Optional.of(REFUSED);
        time.at(Duration.ofSeconds(1), () -> pool.outage = Optional.empty());
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        // At 0, 0.1, 0.3, 0.7 and 1.5 s.
        assertThat(pool.borrowed).isEqualTo(5);
        assertThat(told).containsExactly("unavailable down", "back after 1500 ms, 4");
        assertThat(gate.state()).isEqualTo(DataSourceState.BACK);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
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
        assertThat(gate.state()).isEqualTo(DataSourceState.UNAVAILABLE);
        assertThat(told).containsExactly("unavailable down");
    }

    @Test
    void whoMayNotWaitIsTurnedAwayForFreshNewsUnaskedAndAsksWhenTheyAreOld() {
        pool.outage = Optional.of(REFUSED);
        assertThat(reason(pass())).isEqualTo(Reason.DOWN);
        int attempts = pool.borrowed;
        // The last attempt was 3.7 s ago, and the pause is not over.
        assertThat(reason(pass(gate, AT_ONCE))).isEqualTo(Reason.DOWN);
        assertThat(pool.borrowed).isEqualTo(attempts + 1);
        assertThat(reason(pass(gate, AT_ONCE))).isEqualTo(Reason.DOWN);
        assertThat(pool.borrowed).isEqualTo(attempts + 1);
        time.pass(Settings.DEFAULTS.initialBackoff());
        assertThat(reason(pass(gate, AT_ONCE))).isEqualTo(Reason.DOWN);
        assertThat(pool.borrowed).isEqualTo(attempts + 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 1000})
    void aDatabaseThatIsBackIsNotCalledDownThoughThePauseIsLongerThanTheJobMayWait(long maxWait) {
        pool.outage = Optional.of(REFUSED);
        assertThat(reason(pass())).isEqualTo(Reason.DOWN);
        pool.outage = Optional.empty();
        Settings impatient = settings(Duration.ofMillis(maxWait), Duration.ZERO, Optional.empty(), 4);
        long start = time.nanos();
        assertThat(pass(gate, impatient)).isInstanceOf(Verdict.Live.class);
        assertThat(time.nanos()).isEqualTo(start);
    }

    @Test
    void norJustAfterAnAttempt() {
        pool.outage = Optional.of(REFUSED);
        assertThat(reason(pass())).isEqualTo(Reason.DOWN);
        assertThat(reason(pass(gate, AT_ONCE))).isEqualTo(Reason.DOWN);
        pool.outage = Optional.empty();
        long start = time.nanos();
        assertThat(pass(gate, settings(Duration.ofSeconds(1), Duration.ZERO, Optional.empty(), 4)))
                .isInstanceOf(Verdict.Live.class);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(Duration.ofSeconds(1));
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
    void aCheckoutThatDoesNotReturnCostsMaxWaitAndOneValidationTimeout() {
        pool.with(1, false);
        Gate slow = gate(held::add);
        long start = time.nanos();
        assertThat(reason(pass(slow, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(MAX_WAIT.plus(VALIDATION));
        // Beside what does not come back it asked again, at 0, 2, 6, 14 and 30 s.
        assertThat(held).hasSize(5);
        assertThat(told).containsExactly("waiting 1 for 2000 ms", "unavailable silent", "stuck BORROWING 5");
    }

    @Test
    void theMoreAttemptsDoNotComeBackTheRarerTheyAre() {
        Gate slow = gate(held::add);
        long start = time.nanos();
        while (time.nanos() - start < Duration.ofHours(2).toNanos()) {
            pass(slow, Settings.DEFAULTS);
        }
        assertThat(held).hasSizeBetween(8, 12);
    }

    @Test
    void whenTheDatabaseIsBackTheNextJobPassesThoughSomethingNeverReturns() {
        pool.with(1, false);
        boolean[] silent = {true};
        Gate slow = holdingWhile(silent);
        Duration outage = Duration.ofSeconds(40);
        time.at(outage, () -> silent[0] = false);
        long start = time.nanos();
        while (!(pass(slow, Settings.DEFAULTS) instanceof Verdict.Live)) {
            assertThat(Duration.ofNanos(time.nanos() - start)).isLessThan(outage.multipliedBy(3));
        }
        assertThat(Duration.ofNanos(time.nanos() - start)).isLessThan(outage.multipliedBy(2));
        assertThat(held).isNotEmpty();
    }

    /** Of the first one many attempts never return. */
    @Test
    void aShortSilenceAfterALongOneCostsTheJobNoMoreThanAShortOne() {
        pool.with(1, false);
        boolean[] silent = {true};
        Gate slow = holdingWhile(silent);
        time.at(Duration.ofHours(1), () -> silent[0] = false);
        while (!(pass(slow, Settings.DEFAULTS) instanceof Verdict.Live)) {
            assertThat(slow.stuck()).isBetween(1, 12);
        }
        assertThat(slow.stuck()).isGreaterThan(8);
        time.pass(Duration.ofDays(1));
        silent[0] = true;
        Duration silence = Duration.ofSeconds(5);
        time.at(silence, () -> silent[0] = false);
        long start = time.nanos();
        assertThat(pass(slow, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(Duration.ofNanos(time.nanos() - start)).isLessThan(silence.multipliedBy(2));
    }

    @Test
    void thatJobsWaitForASilentDatabaseIsSaidOnceAndThatTheyGoOnToo() {
        boolean[] silent = {true};
        Gate slow = holdingWhile(silent);
        // It asks at 0, 2, 6 and 14 s.
        time.at(Duration.ofSeconds(10), () -> silent[0] = false);
        assertThat(pass(slow, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(told).containsExactly("waiting 1 for 2000 ms", "back after 14000 ms, 0");
        assertThat(pass(slow, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(told).hasSize(2);
    }

    @Test
    void whoAskedBesideWhatDoesNotReturnIsToldOfSilenceHoweverShortHisLastAttempt() {
        Gate slow = gate(held::add);
        // At 0, 2 and 6 s; the last one has a second.
        assertThat(reason(pass(slow, Settings.DEFAULTS.withMaxWait(Duration.ofSeconds(5)))))
                .isEqualTo(Reason.SILENT);
        assertThat(held).hasSize(3);
        assertThat(told).containsExactly("waiting 1 for 2000 ms", "unavailable silent", "stuck BORROWING 3");
    }

    @Test
    void oneThatComesBackAtLastEndsThePause() {
        pool.with(1, false);
        Gate slow = gate(held::add);
        assertThat(reason(pass(slow, Settings.DEFAULTS))).isEqualTo(Reason.SILENT);
        held.get(0).run();
        int attempts = held.size();
        time.at(Duration.ofMillis(5), () -> held.get(attempts).run());
        time.pass(Duration.ofMillis(1));
        assertThat(pass(slow, Settings.DEFAULTS)).isInstanceOf(Verdict.Live.class);
        assertThat(pool.lent).isZero();
    }

    @Test
    void whatAnAbandonedProbeDestroysIsTold() {
        pool.with(3, true);
        Gate slow = gate(held::add);
        pass(slow, Settings.DEFAULTS.withMaxWait(Duration.ZERO));
        told.clear();
        held.remove(0).run();
        assertThat(pool.destroyed).hasSize(3);
        assertThat(told).containsExactly("evicted");
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
    void afterABodyLostItsConnectionThePoolIsAskedAndWhatIsWellStays() {
        pool.with(3, false);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        gate.bodyFailed(target(), new IllegalStateException(new SQLException("gone", "08S01")));
        assertThat(pool.validations()).isEqualTo(2);
        assertThat(pool.idle).hasSize(3);
        assertThat(told).containsExactly("lost");
    }

    @Test
    void afterABodyLostItsConnectionDeadSiblingsAreFoundByNobodysJob() {
        pool.with(3, true);
        gate.bodyFailed(target(), new SQLException("gone", "08S01"));
        assertThat(pool.destroyed).hasSize(3);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
        assertThat(told).containsExactly("lost", "evicted");
    }

    @Test
    void whatABodyThrewThatIsNoLostConnectionIsNobodysConcern() {
        pool.with(1, false);
        gate.bodyFailed(target(), new SQLException("duplicate", "23000"));
        gate.bodyFailed(target(), new SQLException("another host", "08001"));
        assertThat(told).isEmpty();
        assertThat(pool.borrowed).isZero();
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
    void aJobThatBadNewsHaveOvertakenAsksAgainBeforeItsTransactionTakesAnything() {
        pool.with(2, false);
        FakePool.Physical top = pool.idle.peek();
        top.meanwhile = () -> {
            top.meanwhile = () -> {};
            gate.bodyFailed(target(), new SQLException("gone", "08S01"));
        };
        FakeTransaction transaction = new FakeTransaction();
        assertThat(pass(transaction)).isInstanceOf(Verdict.Live.class);
        assertThat(top.validations).isEqualTo(2);
        assertThat(transaction.entered).isEqualTo(1);
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
