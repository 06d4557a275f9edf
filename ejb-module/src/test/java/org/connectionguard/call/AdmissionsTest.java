/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.connectionguard.OnUnavailable;
import org.connectionguard.config.Settings;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Verdict;
import org.connectionguard.pool.Enlistment;
import org.connectionguard.testing.FakeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which gates a job goes to, what for, and what it is bound to. */
@Timeout(120)
class AdmissionsTest extends CallFixture {
    private final Plan both = plan(OnUnavailable.FAIL, source.target(), other.target());

    private Admission admit(Plan plan) {
        return admissions.admit(plan, Optional.of(transactions.current()), admissions.deadline(plan), Map.of());
    }

    private static void assertGranted(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Granted.class);
    }

    /** Both pools have been seen by the gates. */
    private void learn() {
        assertGranted(admissions.admit(both, Optional.empty(), admissions.deadline(both), Map.of()));
    }

    // In one transaction.

    @Test
    void nestedCallsInOneTransactionCostNothing() throws Exception {
        Callable<?> innermost = () -> source.questions() + source.outside() + source.inside();
        assertThat(inTransaction(plan(), () -> inTransaction(plan(), () -> inTransaction(plan(), innermost))))
                .isEqualTo(3);
        transactions.next();
        assertThat(inTransaction(plan(), innermost)).isEqualTo(6);
    }

    @Test
    void aNestedWriterInAReadersTransactionIsAskedFor() {
        Plan writer = plan(OnUnavailable.FAIL, source.writable());
        assertGranted(admit(plan()));
        assertThat(source.questions()).isEqualTo(1);
        assertGranted(admit(writer));
        int asked = source.questions();
        assertThat(asked).isGreaterThan(1);
        // From now on neither costs anything.
        assertGranted(admit(plan()));
        assertGranted(admit(writer));
        assertThat(source.questions()).isEqualTo(asked);
    }

    @Test
    void aNestedReaderInAWritersTransactionCostsNothing() {
        assertGranted(admit(plan(OnUnavailable.FAIL, source.writable())));
        assertGranted(admit(plan()));
        assertThat(source.questions()).isEqualTo(1);
    }

    @Test
    void aSecondDataSourceOfANestedCallIsAskedFor() {
        assertGranted(admit(plan()));
        assertGranted(admit(both));
        assertThat(source.questions()).isEqualTo(1);
        assertThat(other.questions()).isEqualTo(1);
    }

    // In vain.

    /** Fails once, and leaves it alone for the rest of the test. */
    private Plan waiting() {
        time.longestWait = Duration.ofMinutes(10);
        Settings once =
                FakeSource.PATIENT.withInitialBackoff(Duration.ofHours(10)).withMaxBackoff(Duration.ofHours(10));
        return plan(OnUnavailable.PROCEED, Duration.ofHours(1), source.target(once));
    }

    @Test
    void whoProceedsWaitsOnce() throws Exception {
        source.outage = Optional.of(LOST);
        Callable<?> body = () -> {
            int waits = time.waits();
            assertThat(inTransaction(waiting(), () -> "done")).isEqualTo("done");
            return time.waits() - waits;
        };
        assertThat(inTransaction(waiting(), body)).isEqualTo(0);
        assertThat(time.waits()).isPositive();
    }

    @Test
    void whoProceedsWaitsOnceAlsoWhereTheWaitWasBeforeTheTransaction() throws Exception {
        source.outage = Optional.of(LOST);
        Callable<?> body = () -> {
            int waits = time.waits();
            assertThat(inTransaction(waiting(), () -> "done")).isEqualTo("done");
            return time.waits() - waits;
        };
        assertThat(serverWide(waiting(), body)).isEqualTo(0);
    }

    @Test
    void whoComesWhenItIsBackIsGuardedAgain() throws Exception {
        source.outage = Optional.of(LOST);
        Callable<?> body = () -> {
            source.outage = Optional.empty();
            time.pass(Duration.ofHours(20));
            assertGranted(admit(waiting()));
            assertGranted(admit(waiting()));
            return source.inside();
        };
        assertThat(inTransaction(waiting(), body)).isEqualTo(1);
        assertThat(source.questions()).isEqualTo(1);
    }

    @Test
    void whoIsTurnedAwayAtOneIsNotTakenToTheNext() {
        source.outage = Optional.of(LOST);
        assertThat(admit(both))
                .isInstanceOfSatisfying(
                        Admission.TurnedAway.class,
                        turnedAway ->
                                assertThat(turnedAway.exception().dataSource()).isEqualTo("java:x"));
        assertThat(source.outside()).isEqualTo(1);
        assertThat(other.outside()).isZero();
    }

    // Time.

    @Test
    void oneDeadlineIsForAllDataSources() {
        Plan plan = plan(OnUnavailable.FAIL, Duration.ofSeconds(10), source.target(), other.target());
        Deadline deadline = admissions.deadline(plan);
        assertThat(Duration.ofNanos(deadline.end() - deadline.start())).isEqualTo(Duration.ofSeconds(10));
        source.before = () -> time.pass(Duration.ofSeconds(15));
        other.outage = Optional.of(LOST);
        assertThat(admissions.admit(plan, Optional.empty(), deadline, Map.of()))
                .isInstanceOf(Admission.TurnedAway.class);
        // A second attempt would have been after a pause.
        assertThat(other.outside()).isEqualTo(1);
    }

    @Test
    void aPromiseHoldsForTheDataSourceThatGaveIt() {
        Admission.Granted before =
                (Admission.Granted) admissions.admit(plan(), Optional.empty(), admissions.deadline(plan()), Map.of());
        assertThat(before.validated()).containsOnlyKeys(source.target().dataSource());
        assertGranted(admissions.admit(
                both, Optional.of(transactions.current()), admissions.deadline(both), before.validated()));
        assertThat(source.questions()).isEqualTo(1);
        assertThat(other.questions()).isEqualTo(1);
    }

    // Bound.

    @ParameterizedTest
    @CsvSource({
        "ONE_PHASE, TWO_PHASE, 1, 1",
        "UNKNOWN, TWO_PHASE, 1, 1",
        "TWO_PHASE, TWO_PHASE, 1, 1",
        "ONE_PHASE, ONE_PHASE, 0, 0",
        "ONE_PHASE, UNKNOWN, 0, 0",
        "UNKNOWN, UNKNOWN, 0, 0",
        "NONE, ONE_PHASE, 0, 1",
        "NONE, TWO_PHASE, 0, 1",
        "NONE, NONE, 0, 0"
    })
    void severalDataSourcesAreBoundWhereAtMostOneIsNotXa(
            Enlistment one, Enlistment second, int bindsOne, int bindsSecond) {
        source.enlistment = one;
        other.enlistment = second;
        learn();
        assertGranted(admit(both));
        assertThat(source.inside()).isEqualTo(bindsOne);
        assertThat(other.inside()).isEqualTo(bindsSecond);
        assertThat(unbound).hasSize(one == Enlistment.ONE_PHASE && second == Enlistment.ONE_PHASE ? 2 : 0);
        // Bound or not, both were asked.
        assertThat(source.questions()).isEqualTo(2);
        assertThat(other.questions()).isEqualTo(2);
    }

    @Test
    void whichOnesAreNotBoundIsSaidOnce() {
        for (int call = 0; call < 2; call++) {
            transactions.next();
            assertGranted(admit(both));
            assertThat(unbound).containsExactly("java:x", "java:y");
        }
    }

    @Test
    void severalAreBoundAtTheirFirstCallAlready() {
        source.enlistment = Enlistment.TWO_PHASE;
        other.enlistment = Enlistment.TWO_PHASE;
        assertGranted(admit(both));
        assertThat(source.inside()).isEqualTo(1);
        assertThat(other.inside()).isEqualTo(1);
        assertThat(source.questions()).isEqualTo(1);
        assertThat(other.questions()).isEqualTo(1);
    }

    /** Not first without it: the transaction may hold the pool's only connection. */
    @Test
    void whatMayBeBoundIsAskedWithTheTransactionAtHand() {
        source.enlistment = Enlistment.TWO_PHASE;
        other.enlistment = Enlistment.TWO_PHASE;
        learn();
        int outside = source.outside();
        transactions.next();
        assertGranted(admit(both));
        assertThat(source.outside()).isEqualTo(outside + 1);
        assertThat(source.inside()).isEqualTo(1);
        assertThat(source.questions()).isEqualTo(2);
    }

    /** The last of the data sources is away for a moment, in which the first one's connection dies. */
    private void aWaitAtTheOther() {
        AtomicBoolean waits = new AtomicBoolean(true);
        other.before = () -> {
            if (waits.compareAndSet(true, false)) {
                time.pass(Duration.ofSeconds(2));
                source.die();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_PHASE", "TWO_PHASE"})
    void whatDiedUnboundWhileItWasWaitedForAnotherOneIsNotWhatTheBodyGets(Enlistment enlistment) {
        // As long as nothing is known of them neither is bound.
        other.enlistment = enlistment;
        aWaitAtTheOther();
        assertGranted(admit(both));
        assertThat(source.inside()).isEqualTo(enlistment == Enlistment.TWO_PHASE ? 1 : 0);
        // Alive, dead, and the next one.
        assertThat(source.questions()).isEqualTo(3);
        assertThat(other.questions()).isBetween(1, 2);
    }

    @Test
    void norWhatTheBodyGetsThatHasNoTransaction() {
        aWaitAtTheOther();
        assertThat(admissions.admit(both, Optional.empty(), admissions.deadline(both), Map.of()))
                .isInstanceOf(Admission.Granted.class);
        assertThat(source.questions()).isEqualTo(3);
    }

    @Test
    void gatesThatAreSlowForNoReasonAreNotAskedForEver() {
        source.before = () -> time.pass(Duration.ofSeconds(1));
        other.before = () -> time.pass(Duration.ofSeconds(1));
        assertThat(admissions.admit(both, Optional.empty(), admissions.deadline(both), Map.of()))
                .isInstanceOf(Admission.Granted.class);
        assertThat(source.questions()).isEqualTo(3);
    }

    @Test
    void aSecondOnePhaseDataSourceOfTheTransactionIsNotBound() {
        learn();
        assertGranted(admit(plan()));
        assertGranted(admit(plan(OnUnavailable.FAIL, other.target())));
        assertThat(source.inside()).isEqualTo(1);
        assertThat(other.inside()).isZero();
        assertThat(other.questions()).isEqualTo(2);
    }

    @Test
    void oneNameMoreForADataSourceIsNoSecondDataSource() {
        Target alias = new Target("java:alias", source.target().dataSource(), FakeSource.PATIENT);
        assertGranted(admit(plan(OnUnavailable.FAIL, source.target(), alias)));
        assertThat(source.inside()).isEqualTo(1);
        assertThat(source.questions()).isEqualTo(1);
    }

    @Test
    void whatIsNotToBeBoundIsNot() {
        assertGranted(admit(plan(OnUnavailable.FAIL, source.target(FakeSource.PATIENT.withPin(false)))));
        assertThat(source.questions()).isEqualTo(1);
        assertThat(source.inside()).isZero();
    }

    // Switched off.

    @Test
    void whatIsSwitchedOffIsNeitherAskedNorCounted() {
        learn();
        Target off = other.target(FakeSource.PATIENT.withEnabled(false));
        assertGranted(admit(plan(OnUnavailable.FAIL, source.target(), off)));
        assertThat(other.questions()).isEqualTo(1);
        assertThat(source.inside()).isEqualTo(1);
        assertThat(admit(plan(OnUnavailable.FAIL, off)))
                .isEqualTo(new Admission.Granted(Map.of(), Verdict.Effort.NONE));
        assertThat(List.of(other.inside(), other.outside())).containsExactly(0, 1);
    }
}
