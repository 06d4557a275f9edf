/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Test;

/** What a gate says of itself and of its jobs, and when. In virtual time. */
class GateTellingTest extends GateFixture {
    private final List<GuardEvent> events = new ArrayList<>();
    private final Gate telling = new Gate(
            "java:x", Runnable::run, Runnable::run, () -> false, time, new Pools(List.of(pool)), List.of(events::add));

    private <E> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void itHasItsNameAndOncePassedItsPool() {
        assertThat(gate.name()).isEqualTo("java:x");
        assertThat(gate.control()).isEmpty();
        pass();
        assertThat(gate.control()).isPresent();
        assertThat(gate.waiting()).isZero();
        assertThat(gate.stuck()).isZero();
    }

    @Test
    void thatItIsLeftUnboundIsToldOnce() {
        gate.leavesUnbound();
        assertThat(told).containsExactly("unbound");
        gate.leavesUnbound();
        assertThat(told).hasSize(1);
    }

    @Test
    void whoHasWaitedIsToldWhenHisWaitIsOver() {
        pool.outage = Optional.of(REFUSED);
        time.at(Duration.ofMillis(250), () -> pool.outage = Optional.empty());
        Verdict verdict = pass(telling, Settings.DEFAULTS);
        assertThat(verdict.effort()).isEqualTo(new Verdict.Effort(true, 0));
        assertThat(events(GuardEvent.Waited.class))
                .extracting(GuardEvent.Waited::duration)
                .containsExactly(Duration.ofMillis(300));
        pass(telling, Settings.DEFAULTS);
        assertThat(events(GuardEvent.Waited.class)).hasSize(1);
    }

    @Test
    void whatHappensIsToldBeforeTheNextPause() {
        pool.outage = Optional.of(REFUSED);
        List<String> soFar = new ArrayList<>();
        time.at(Duration.ofMillis(1), () -> soFar.addAll(told));
        pass();
        assertThat(soFar).containsExactly("unavailable down");
    }

    @Test
    void whatWasDestroyedOnHisWayIsInTheVerdictOfEachJob() {
        pool.canSweep = false;
        pool.with(3, true);
        assertThat(pass().effort()).isEqualTo(new Verdict.Effort(false, 3));
        assertThat(pass().effort()).isEqualTo(Verdict.Effort.NONE);
        pool.idle.clear();
        pool.with(1, true).with(1, false);
        FakeTransaction transaction = new FakeTransaction();
        transaction.before = pool::keepTop;
        assertThat(pass(transaction).effort()).isEqualTo(new Verdict.Effort(false, 1));
    }

    @Test
    void whileADeadOneIsStillBeingDestroyedItIsSuspectAlready() {
        pool.with(1, true);
        List<DataSourceState> states = new ArrayList<>();
        pool.returning = () -> states.add(gate.state());
        assertThat(pass()).isInstanceOf(Verdict.Live.class);
        assertThat(states).containsExactly(DataSourceState.SUSPECT, DataSourceState.SUSPECT);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void alsoOneThatBadNewsHaveOvertakenTellsWhereItComesFrom() {
        pool.with(1, false);
        FakePool.Physical top = pool.idle.peek();
        top.meanwhile = () -> {
            top.meanwhile = () -> {};
            pool.outage = Optional.of(WRONG_PASSWORD);
            pool.returning = pool::keepTop;
            gate.bodyFailed(target(), new SQLException("gone", "08S01"));
        };
        assertThat(reason(pass(new FakeTransaction()))).isEqualTo(Reason.REFUSED);
        assertThat(pool.borrowed).isEqualTo(2);
        assertThat(gate.control()).isPresent();
    }

    @Test
    void whereThereWasNoThreadToAskAfterALostConnectionTheNextLossIsAskedAfterAgain() {
        int[] tasks = new int[1];
        Gate starving = gate(task -> {
            if (tasks[0]++ == 0) {
                throw new RejectedExecutionException("none");
            }
            task.run();
        });
        starving.bodyFailed(target(), new SQLException("gone", "08S01"));
        assertThat(pool.borrowed).isZero();
        starving.bodyFailed(target(), new SQLException("gone", "08S01"));
        assertThat(pool.borrowed).isEqualTo(1);
        starving.bodyFailed(target(), new SQLException("gone", "08S01"));
        assertThat(pool.borrowed).isEqualTo(2);
    }

    @Test
    void whatIsFreshIsPassedWithoutAnyEffort() {
        Settings window = Settings.DEFAULTS.withSkipIfValidatedWithin(Duration.ofSeconds(10));
        pass(telling, window);
        time.pass(Duration.ofSeconds(1));
        assertThat(pass(telling, window, Optional.empty(), OptionalLong.empty()))
                .isEqualTo(new Verdict.Live(time.nanos(), false, Verdict.Effort.NONE));
    }
}
