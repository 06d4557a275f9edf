/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.message.Reason;
import org.junit.jupiter.api.Test;

/** What a job's verdict says of its way. */
class VisitTest extends VisitFixture {
    private static final Trouble GONE = Trouble.of(Reason.DOWN, "gone");

    private final Visit visit = visit(7);

    @Test
    void whoHadNoTroubleHasNoneInHisVerdict() {
        assertThat(visit.number()).isEqualTo(7);
        assertThat(visit.suffered()).isEmpty();
        Probe probe = visit.probe(surroundings, orders(), 0);
        time.pass(Duration.ofSeconds(1));
        assertThat(visit.lastProbe()).isSameAs(probe);
        assertThat(visit.passes(true)).isEqualTo(new Verdict.Live(probe.start(), true, Verdict.Effort.NONE));
        assertThat(visit.passes(false).effort()).isSameAs(Verdict.Effort.NONE);
    }

    @Test
    void hisWaitIsCountedFromTheFirstTimeThatHeHadToWait() {
        visit.suffers();
        time.pass(Duration.ofSeconds(2));
        visit.suffers();
        time.pass(Duration.ofSeconds(1));
        assertThat(visit.suffered()).contains(Duration.ofSeconds(3));
        assertThat(visit.turnedAway(GONE, false).effort()).isEqualTo(new Verdict.Effort(true, 0));
    }

    @Test
    void whatWasDestroyedOnHisWayIsCounted() {
        visit.evicts();
        visit.evicts();
        assertThat(visit.turnedAway(GONE, false).effort()).isEqualTo(new Verdict.Effort(false, 2));
    }

    @Test
    void hisAttemptsAndHisTimeAreInTheMessage() {
        visit.probe(surroundings, orders(), 4);
        visit.probe(surroundings, orders(), 5);
        time.pass(Duration.ofSeconds(3));
        assertThat(visit.turnedAway(GONE, true).message()).contains("java:x", "after 3.0 s and 2 attempts: ", "gone");
        assertThat(visit.turnedAway(GONE, true).doomed()).isTrue();
        assertThat(visit.returnsAtLastProbe()).isEqualTo(5);
        assertThat(visit.hardEnd() - visit.deadline().end())
                .isEqualTo(SETTINGS.validationTimeout().toNanos());
    }

    @Test
    void itIsRememberedWhoseReturnHeWaitsFor() {
        assertThat(visit.waitsBeyondReturns()).isNegative();
        visit.waitsBeyond(4);
        assertThat(visit.waitsBeyondReturns()).isEqualTo(4);
    }

    @Test
    void whoWakesHimSignalsHisTurn() {
        visit.wake();
        assertThat(woken).containsExactly(7L);
    }

    @Test
    void hisTransactionIsEnteredWhenItIsEnteredForHisLastProbe() {
        assertThat(visit.hasEnteredTransaction()).isFalse();
        Probe probe = visit.probe(surroundings, orders(), 0);
        assertThat(visit.hasEnteredTransaction()).isFalse();
        probe.question().enterTransaction();
        assertThat(visit.hasEnteredTransaction()).isTrue();
    }

    @Test
    void insideIsAskedOnceAndOnlyWhereThereIsAnActiveTransaction() {
        assertThat(visit.mayAskInside()).isFalse();
        GateFixture.FakeTransaction transaction = new GateFixture.FakeTransaction();
        Visit inside = visit(8, Optional.of(transaction));
        assertThat(inside.mayAskInside()).isTrue();
        assertThat(inside.isAskingInside()).isFalse();
        inside.asksInside();
        assertThat(inside.mayAskInside()).isFalse();
        assertThat(inside.isAskingInside()).isTrue();
        transaction.active = false;
        assertThat(visit(9, Optional.of(transaction)).mayAskInside()).isFalse();
    }

    @Test
    void whatHeLeftBehindIsKnown() {
        Probe probe = probe();
        visit.leavesBehind(probe);
        assertThat(visit.leftBehind()).containsExactly(probe);
    }
}
