/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.RunOutcome;
import org.connectionguard.engine.Time;
import org.connectionguard.statistics.Promise.Timer;
import org.junit.jupiter.api.Test;

/** A job that is promised for two o'clock and may be a minute late. */
class PromiseTest {
    private static final String JOB = "Job.gather";
    private static final Instant TWO = Instant.parse("2026-11-27T02:00:00Z");
    private static final Instant TOMORROW = TWO.plus(Duration.ofDays(1));

    private final Statistics statistics = new Statistics(Time.SYSTEM);
    private final Promise promise = new Promise(JOB, true, Duration.ofMinutes(1));

    private Optional<GuardEvent> look(Instant now, Timer... timers) {
        return look(now, promise, true, timers);
    }

    private Optional<GuardEvent> look(Instant now, Promise held, boolean visible, Timer... timers) {
        statistics.promised(JOB, Optional.empty());
        return held.look(now, Optional.of(List.of(timers)), statistics.job(JOB).orElseThrow(), visible, false);
    }

    private static Timer own(Instant next) {
        return new Timer(next, false);
    }

    private void starts(Instant at) {
        statistics.heard(new RunStarted(at, JOB, 1));
    }

    private void ends(Instant at) {
        statistics.heard(new RunEnded(at, JOB, 1, Duration.ZERO, Duration.ZERO, 0, RunOutcome.RAN, ""));
    }

    @Test
    void whoStartsWhenPromisedIsNotOverdue() {
        assertThat(look(TWO.minusSeconds(30), own(TWO))).isEmpty();
        starts(TWO.plusMillis(3));
        ends(TWO.plusSeconds(5));
        assertThat(look(TWO.plusSeconds(90), own(TOMORROW))).isEmpty();
        assertThat(look(TWO.plusSeconds(9999), own(TOMORROW))).isEmpty();
    }

    @Test
    void whoDoesNotStartIsOverdueOnceTheGraceHasPassed() {
        assertThat(look(TWO.minusSeconds(30), own(TWO))).isEmpty();
        assertThat(look(TWO.plusSeconds(59), own(TOMORROW))).isEmpty();
        assertThat(look(TWO.plusSeconds(61), own(TOMORROW))).contains(new Overdue(TWO.plusSeconds(61), JOB, TWO));
        assertThat(look(TWO.plusSeconds(90), own(TOMORROW))).isEmpty();
    }

    @Test
    void theNextDayItIsSaidAgain() {
        look(TWO.minusSeconds(30), own(TWO));
        assertThat(look(TWO.plusSeconds(61), own(TOMORROW))).isPresent();
        starts(TWO.plusSeconds(3600));
        ends(TWO.plusSeconds(3601));
        assertThat(look(TWO.plusSeconds(7200), own(TOMORROW))).isEmpty();
        assertThat(look(TOMORROW.plusSeconds(61), own(TOMORROW.plus(Duration.ofDays(1)))))
                .contains(new Overdue(TOMORROW.plusSeconds(61), JOB, TOMORROW));
    }

    @Test
    void aTimerThatTheServerDoesNotCallIsOverdueWhoeverSeesItsRuns() {
        look(TWO.minusSeconds(30), promise, false, own(TWO));
        assertThat(look(TWO.plusSeconds(61), promise, false, own(TWO)))
                .contains(new Overdue(TWO.plusSeconds(61), JOB, TWO));
    }

    @Test
    void whoseRunsNobodySeesIsNotOverdueWhenItsTimerHasExpired() {
        look(TWO.minusSeconds(30), promise, false, own(TWO));
        assertThat(look(TWO.plusSeconds(61), promise, false, own(TOMORROW))).isEmpty();
        assertThat(look(TOMORROW.plusSeconds(61), promise, false, own(TOMORROW)))
                .contains(new Overdue(TOMORROW.plusSeconds(61), JOB, TOMORROW));
    }

    @Test
    void norIsOneThatAnotherServerMayHaveRun() {
        look(TWO.minusSeconds(30), new Timer(TWO, true));
        assertThat(look(TWO.plusSeconds(61), new Timer(TOMORROW, true))).isEmpty();
    }

    @Test
    void norIsOneWhoseLastRunIsStillUnderWay() {
        look(TWO.minusSeconds(30), own(TWO));
        starts(TWO.minusSeconds(20));
        assertThat(look(TWO.plusSeconds(61), own(TOMORROW))).isEmpty();
        ends(TWO.plusSeconds(70));
        assertThat(look(TWO.plusSeconds(80), own(TOMORROW))).contains(new Overdue(TWO.plusSeconds(80), JOB, TWO));
    }

    @Test
    void whatWasPromisedBeforeTheServerWasSuspendedDoesNotCount() {
        look(TWO.minusSeconds(30), own(TWO));
        promise.forget();
        assertThat(look(TWO.plusSeconds(61), own(TOMORROW))).isEmpty();
    }

    @Test
    void aTimerThatIsGoneIsToldOnce() {
        look(TWO.minusSeconds(30), own(TWO));
        assertThat(look(TWO.minusSeconds(20))).contains(new ScheduleEnded(TWO.minusSeconds(20), JOB, false));
        assertThat(look(TWO.minusSeconds(10))).isEmpty();
        assertThat(look(TWO.plusSeconds(90))).isEmpty();
        assertThat(look(TWO.plusSeconds(91), own(TOMORROW))).isEmpty();
        assertThat(look(TWO.plusSeconds(92))).isPresent();
    }

    @Test
    void whoHasNoTimerYetHasLostNone() {
        assertThat(look(TWO)).isEmpty();
        assertThat(look(TWO.plusSeconds(90))).isEmpty();
    }

    @Test
    void aTimerThatTheApplicationMadeMayGoUntold() {
        Promise programmatic = new Promise(JOB, false, Duration.ofMinutes(1));
        look(TWO.minusSeconds(30), programmatic, true, own(TWO));
        assertThat(look(TWO.minusSeconds(20), programmatic, true)).isEmpty();
    }

    @Test
    void whoseLastRunHasSaidSoHasComeToTheEndOfItsSchedule() {
        look(TWO.minusSeconds(30), own(TWO));
        assertThat(promise.look(
                        TWO.plusSeconds(9),
                        Optional.of(List.of()),
                        statistics.job(JOB).orElseThrow(),
                        true,
                        true))
                .contains(new ScheduleEnded(TWO.plusSeconds(9), JOB, true));
    }

    @Test
    void whereTheServerSaysNothingTheLastRunHasTold() {
        statistics.promised(JOB, Optional.of(TWO));
        Optional<List<Timer>> nothing = Optional.empty();
        assertThat(promise.look(TWO, nothing, statistics.job(JOB).orElseThrow(), true, false))
                .isEmpty();
        assertThat(promise.look(
                        TWO.plusSeconds(61), nothing, statistics.job(JOB).orElseThrow(), true, false))
                .contains(new Overdue(TWO.plusSeconds(61), JOB, TWO));
        assertThat(promise.look(
                        TWO.plusSeconds(62), nothing, statistics.job(JOB).orElseThrow(), true, true))
                .contains(new ScheduleEnded(TWO.plusSeconds(62), JOB, true));
    }
}
