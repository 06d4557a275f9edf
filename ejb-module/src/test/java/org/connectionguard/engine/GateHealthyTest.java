/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;

/** What may happen before a healthy database without it being called anything else. In virtual time. */
class GateHealthyTest extends GateFixture {
    private static final SQLException EXHAUSTED = new SQLException("pool exhausted");

    private void assertHealthy() {
        assertThat(told).noneMatch(each -> each.startsWith("unavailable"));
        assertThat(gate.state()).isNotEqualTo(DataSourceState.UNAVAILABLE);
        assertThat(pool.lent).isZero();
    }

    @Test
    void aTransactionThatLetsNobodyInIsItsJobsTrouble() {
        pool.with(1, false);
        JobTransaction gone = new JobTransaction() {
            @Override
            public boolean isActive() {
                return true;
            }

            @Override
            public boolean isOver() {
                return false;
            }

            @Override
            public boolean letsThreadsIn() {
                return true;
            }

            @Override
            public <T> T within(Work<T> work) throws SQLException {
                throw new SQLException("The job's transaction (rolled back) lets nobody in");
            }
        };
        Verdict verdict = pass(gone);
        assertThat(reason(verdict)).isEqualTo(Reason.TRANSACTION);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isTrue();
        assertThat(((Verdict.Unavailable) verdict).message()).contains("rolled back", "says nothing of the database");
        assertHealthy();
    }

    @Test
    void aTransactionThatEndsWhileItsConnectionIsFetchedIsItsJobsTrouble() {
        pool.with(1, false);
        FakeTransaction reaped = new FakeTransaction();
        reaped.before = () -> {
            pool.keepTop();
            pool.outage = Optional.of(new SQLException("gone", "08S01"));
            reaped.active = false;
        };
        assertThat(reason(pass(reaped))).isEqualTo(Reason.TRANSACTION);
        pool.outage = Optional.empty();
        assertHealthy();
    }

    @Test
    void aSecondOnePhaseResourceThatCannotEnlistIsTheTransactionsTrouble() {
        pool.with(1, false);
        FakeTransaction full = new FakeTransaction();
        full.before = () -> {
            pool.keepTop();
            pool.outage = Optional.of(new SQLException("IJ031070: Transaction cannot proceed"));
        };
        assertThat(reason(pass(full))).isEqualTo(Reason.TRANSACTION);
        pool.outage = Optional.empty();
        assertHealthy();
    }

    @Test
    void whoGotNoTimeSaysNothingOfTheDatabase() {
        Deadline used = Deadline.after(Duration.ofMillis(1), time);
        time.pass(Settings.DEFAULTS.validationTimeout().plusMillis(2));
        Verdict verdict = gate.admit(target(), used, Optional.empty(), OptionalLong.empty());
        assertThat(reason(verdict)).isEqualTo(Reason.NO_TIME);
        assertThat(pool.borrowed).isZero();
        assertThat(told).isEmpty();
        assertHealthy();
    }

    @Test
    void whoGotLessThanAValidationTimeoutSaysNothingEither() {
        Gate slow = gate(held::add);
        Deadline nearlyUsed = Deadline.after(Duration.ofMillis(1), time);
        time.pass(Settings.DEFAULTS.validationTimeout().minusMillis(10));
        assertThat(reason(slow.admit(target(), nearlyUsed, Optional.empty(), OptionalLong.empty())))
                .isEqualTo(Reason.NO_TIME);
        assertThat(slow.state()).isNotEqualTo(DataSourceState.UNAVAILABLE);
        held.remove(0).run();
        assertHealthy();
    }

    @ParameterizedTest
    @CsvSource({"0, SILENT", "200, SILENT", "201, NO_TIME"})
    void whoGotNearlyAllOfOneDoes(int late, Reason reason) {
        assertThat(VALIDATION).hasSeconds(2);
        Gate slow = gate(held::add);
        Deadline now = Deadline.after(Duration.ZERO, time);
        time.pass(Duration.ofMillis(late));
        assertThat(reason(slow.admit(target(), now, Optional.empty(), OptionalLong.empty())))
                .isEqualTo(reason);
        assertThat(slow.state() == DataSourceState.UNAVAILABLE).isEqualTo(reason == Reason.SILENT);
    }

    @Test
    void aReadersFreshValidationDoesNotLetAWriterPass() {
        Settings window = Settings.DEFAULTS.withSkipIfValidatedWithin(Duration.ofSeconds(10));
        pool.with(1, false);
        pool.idle.peek().product = "MySQL";
        pass(gate, window);
        pass(gate, window.withWritable(true));
        assertThat(pool.borrowed).isEqualTo(2);
    }

    @Test
    void whatNobodyKnowsHowToAskForIsSaidAtOnceAndTheConnectionStays() {
        pool.with(1, false);
        Verdict verdict = pass(gate, Settings.DEFAULTS.withWritable(true));
        assertThat(reason(verdict)).isEqualTo(Reason.UNCHECKABLE);
        assertThat(((Verdict.Unavailable) verdict).message()).contains("Fake", "writable");
        assertThat(pool.idle).hasSize(1);
        assertThat(pool.destroyed).isEmpty();
        assertHealthy();
    }

    @Test
    void anErrorOfTheQuestionIsNoDeadConnection() {
        pool.with(3, false);
        pool.idle.forEach(each -> {
            each.product = "MySQL";
            each.answer = Optional.of(new SQLException("Unknown system variable 'x'", "HY000", 1193));
        });
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).isEmpty();
        // Said once, not at every job.
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("doubted", "Unknown system variable 'x'");
        assertHealthy();
    }

    @Test
    void aServerThatAnswersNothingUntilThePasswordIsChangedRefuses() {
        pool.with(1, false);
        pool.idle.peek().product = "MySQL";
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        pool.idle.peek().answer = Optional.of(new SQLException("You must reset your password", "HY000", 1820));
        assertThat(reason(pass())).isEqualTo(Reason.REFUSED);
        assertThat(pool.lent).isZero();
    }

    @Test
    void whatIsDoubtedIsSaidOnceAlsoWhereAPromiseIsKeptInBetween() {
        pool.with(1, false);
        pool.idle.peek().product = "MySQL";
        pool.idle.peek().answer = Optional.of(new SQLException("Unknown system variable 'x'", "HY000", 1193));
        for (int i = 0; i < 2; i++) {
            Verdict.Live promised = (Verdict.Live) pass();
            pass(gate, Settings.DEFAULTS, Optional.empty(), OptionalLong.of(promised.at()));
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void anErrorOfTheQuestionOnADeadConnectionIsADeadConnection() {
        pool.with(2, true);
        pool.idle.forEach(each -> {
            each.product = "MySQL";
            each.answer = Optional.of(new SQLException("odd", "HY000", 1));
        });
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).hasSize(2);
    }

    @Test
    void aDriverWithoutIsValidHasLivedWithoutIt() {
        pool.with(1, false);
        pool.idle.peek().failure = Optional.of(new AbstractMethodError("isValid"));
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.destroyed).isEmpty();
        assertThat(told).containsExactly("doubted AbstractMethodError: isValid");
        assertHealthy();
    }

    @Test
    void seventyConnectionsWithoutAutocommitAreNoOutage() {
        pool.with(70, false);
        pool.idle.forEach(each -> each.autoCommit = false);
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        // One by one at first; then all that were left over, at once.
        assertThat(pool.borrowed).isEqualTo(5);
        assertThat(pool.destroyed).hasSize(70);
        assertHealthy();
    }

    @Test
    void aDataSourceWhoseConnectionsAreAllMadeWithoutAutocommitIsLeftAlone() {
        pool.fresh = () -> {
            FakePool.Physical physical = new FakePool.Physical();
            physical.autoCommit = false;
            return physical;
        };
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        int borrowed = pool.borrowed;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.borrowed).isEqualTo(borrowed + 1);
        assertHealthy();
    }

    @Test
    void aCloseThatComplainsIsNoOutage() {
        pool.with(1, false);
        FakePool.Physical complaining = pool.idle.peek();
        pool.complaints = 1;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.idle).doesNotContain(complaining);
        assertHealthy();
    }

    @Test
    void aPoolThatAlwaysComplainsIsLeftAlone() {
        pool.complaints = Integer.MAX_VALUE;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        int borrowed = pool.borrowed;
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(pool.borrowed).isEqualTo(borrowed + 1);
        assertHealthy();
    }

    @Test
    void aTransactionThatHoldsThePoolsOnlyConnectionPasses() {
        pool.outage = Optional.of(EXHAUSTED);
        FakeTransaction holder = new FakeTransaction();
        holder.before = () -> pool.with(1, false);
        assertThat(pass(holder)).isEqualTo(new Verdict.Live(time.nanos(), true, Verdict.Effort.NONE));
        assertThat(pool.validations()).isEqualTo(1);
        assertHealthy();
    }

    @Test
    void whatATransactionHoldsAndIsDeadDoomsIt() {
        pool.outage = Optional.of(EXHAUSTED);
        FakeTransaction holder = new FakeTransaction();
        holder.before = () -> pool.with(1, true);
        Verdict verdict = pass(holder);
        assertThat(reason(verdict)).isEqualTo(Reason.UNFIT);
        assertThat(((Verdict.Unavailable) verdict).doomed()).isTrue();
    }

    @Test
    void codesOfAnotherVendorAreNotMySqls() {
        // ORA-01040 is a bad password; MySQL's 1040 too many connections.
        pool.outage = Optional.of(new SQLException("ORA-01040: invalid character in password", "72000", 1040));
        assertThat(reason(pass())).isEqualTo(Reason.DOWN);
    }

    @Test
    void oncePassedAGateKnowsWhoseCodesItsPoolSpeaks() {
        pool.with(1, false);
        pool.idle.peek().product = "MySQL";
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        pool.keepTop();
        pool.outage = Optional.of(new SQLException("Too many connections", "08004", 1040));
        assertThat(reason(pass())).isEqualTo(Reason.EXHAUSTED);
    }

    @Test
    void aJobsMessageCountsItsOwnAttempts() {
        pool.outage = Optional.of(new SQLException("gone", "08S01"));
        Settings impatient = Settings.DEFAULTS.withMaxWait(Duration.ZERO);
        pass(gate, impatient);
        Verdict second = pass(gate, impatient);
        assertThat(((Verdict.Unavailable) second).message())
                .contains("after 0.0 s: ")
                .doesNotContain("attempt");
    }

    @Test
    void eventsComeInTheOrderInWhichThingsHappened() {
        pool.with(2, true);
        pool.outage = Optional.of(new SQLException("gone", "08S01"));
        time.at(Duration.ofMillis(250), () -> pool.outage = Optional.empty());
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(told).isEqualTo(List.of("evicted", "unavailable down", "back after 300 ms, 2"));
    }
}
