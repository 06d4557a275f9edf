/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.DataSourceStatus.Outage;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.JobStatus;
import org.connectionguard.JobStatus.PastRun;
import org.connectionguard.RunOutcome;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.engine.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsTest {
    private static final String JOB = "Job.gather";
    private static final String SOURCE = "java:/x";
    private static final Instant T = Instant.parse("2026-11-27T02:00:00Z");

    private final Statistics statistics = new Statistics(Time.SYSTEM);

    private void run(long run, Instant start, RunOutcome outcome) {
        statistics.heard(new RunStarted(start, JOB, run));
        statistics.heard(new RunEnded(
                start.plusSeconds(3),
                JOB,
                run,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                2,
                outcome,
                outcome.ranBody() ? "" : "CG0201 why"));
    }

    private JobStatus job() {
        return statistics.job(JOB).orElseThrow();
    }

    private DataSourceStatus source() {
        return statistics.dataSource(SOURCE, Optional.empty()).orElseThrow();
    }

    @Test
    void aTimerIsThereBeforeItsFirstRun() {
        statistics.register(
                JOB,
                new TimerReport(
                        Object.class,
                        "gather",
                        "daily at 02:00:00",
                        "REQUIRED",
                        List.of(),
                        Protection.UNPROTECTED,
                        "switched off"));
        assertThat(job().schedule()).isEqualTo("daily at 02:00:00");
        assertThat(job().protection()).isEqualTo(Protection.UNPROTECTED);
        assertThat(job().protectionReason()).isEqualTo("switched off");
        assertThat(job().lastStart()).isEmpty();
        assertThat(job().runs()).hasSize(RunOutcome.values().length).containsEntry(RunOutcome.RAN, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsCountedAndKept(RunOutcome outcome) {
        run(1, T, outcome);
        assertThat(job().runs()).containsEntry(outcome, 1L);
        assertThat(job().runs().values().stream().mapToLong(each -> each)).hasSize(RunOutcome.values().length);
        assertThat(job().runs().values().stream().mapToLong(each -> each).sum()).isEqualTo(1);
        assertThat(job().lastStart()).contains(T);
        assertThat(job().lastSuccess()).isEqualTo(Optional.of(T.plusSeconds(3)).filter(end -> outcome.ranBody()));
        assertThat(job().time()).isEqualTo(Duration.ofSeconds(3));
        assertThat(job().lastRuns())
                .containsExactly(new PastRun(
                        T,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        2,
                        outcome,
                        outcome.ranBody() ? "" : "CG0201 why"));
    }

    @Test
    void whoIsUnderWayIsActive() {
        statistics.heard(new RunStarted(T, JOB, 1));
        statistics.heard(new RunStarted(T, JOB, 2));
        assertThat(job().active()).isEqualTo(2);
        run(3, T, RunOutcome.RAN);
        assertThat(job().active()).isEqualTo(2);
    }

    @Test
    void ofTheRunsTheLastHundredAreKept() {
        IntStream.range(0, 250).forEach(each -> run(each, T.plusSeconds(each), RunOutcome.RAN));
        assertThat(job().lastRuns()).hasSize(JobHistory.RUNS);
        assertThat(job().lastRuns().get(0).start()).isEqualTo(T.plusSeconds(150));
        assertThat(job().lastRuns().get(99).start()).isEqualTo(T.plusSeconds(249));
        assertThat(job().runs()).containsEntry(RunOutcome.RAN, 250L);
    }

    @Test
    void aPromiseThatIsNotKeptIsOverdueUntilTheJobStarts() {
        statistics.promised(JOB, Optional.of(T));
        assertThat(job().next()).contains(T);
        statistics.heard(new GuardEvent.Overdue(T.plusSeconds(60), JOB, T));
        assertThat(job().overdue()).isTrue();
        statistics.heard(new RunStarted(T.plusSeconds(90), JOB, 1));
        assertThat(job().overdue()).isFalse();
    }

    @Test
    void aScheduleThatHasEndedStaysVisible() {
        statistics.promised(JOB, Optional.of(T));
        statistics.heard(new GuardEvent.ScheduleEnded(T, JOB, false));
        assertThat(job().ended()).isTrue();
        assertThat(job().next()).isEmpty();
        statistics.promised(JOB, Optional.empty());
        assertThat(job().ended()).isTrue();
        statistics.promised(JOB, Optional.of(T));
        assertThat(job().ended()).isFalse();
    }

    @Test
    void whatIsAskedAndDestroyedIsCounted() {
        statistics.heard(new Validated(T, SOURCE, Validated.Result.ALIVE, Duration.ofMillis(2)));
        statistics.heard(new Validated(T, SOURCE, Validated.Result.ALIVE, Duration.ofMillis(3)));
        statistics.heard(new Validated(T, SOURCE, Validated.Result.DEAD, Duration.ofMillis(5)));
        statistics.heard(new Evicted(T, SOURCE, Evicted.Cause.DEAD, "it is dead", true));
        statistics.heard(new Evicted(T, SOURCE, Evicted.Cause.AGED, "it is old", false));
        statistics.heard(new GuardEvent.Waited(T, SOURCE, Duration.ofSeconds(7)));
        assertThat(source().validations())
                .containsOnly(
                        entry(Validated.Result.ALIVE, 2L),
                        entry(Validated.Result.DEAD, 1L),
                        entry(Validated.Result.SILENT, 0L),
                        entry(Validated.Result.UNFIT, 0L));
        assertThat(source().validationTime()).isEqualTo(Duration.ofMillis(10));
        assertThat(source().evictions())
                .containsEntry(Evicted.Cause.DEAD, 1L)
                .containsEntry(Evicted.Cause.AGED, 1L)
                .containsEntry(Evicted.Cause.SILENT, 0L);
        assertThat(source().sweeps()).isEqualTo(1);
        assertThat(source().waits()).isEqualTo(1);
        assertThat(source().waitTime()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anOutageIsOpenUntilItEnds() {
        statistics.heard(new GuardEvent.StateChanged(T, SOURCE, DataSourceState.UNAVAILABLE));
        statistics.heard(new OutageBegan(T, SOURCE, "down", "Link failure"));
        assertThat(source().state()).isEqualTo(DataSourceState.UNAVAILABLE);
        assertThat(source().since()).isEqualTo(T);
        assertThat(source().lastOutages()).containsExactly(new Outage(T, Optional.empty(), "down", "Link failure"));
        assertThat(source().outages()).isZero();
        statistics.heard(new OutageEnded(T.plusSeconds(9), SOURCE, "refused", Duration.ofSeconds(9), 3));
        assertThat(source().lastOutages())
                .containsExactly(new Outage(T, Optional.of(Duration.ofSeconds(9)), "refused", "Link failure"));
        assertThat(source().outages()).isEqualTo(1);
        assertThat(source().outageTime()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aDataSourceThatWasMadeAnewInItsOutageIsHealthyWhenItsNewGateSaysSo() {
        statistics.heard(new GuardEvent.StateChanged(T, SOURCE, DataSourceState.UNAVAILABLE));
        statistics.heard(new OutageBegan(T, SOURCE, "down", "Link failure"));
        statistics.heard(new GuardEvent.StateChanged(T.plusSeconds(9), SOURCE, DataSourceState.HEALTHY));
        assertThat(source().state()).isEqualTo(DataSourceState.HEALTHY);
        assertThat(source().lastOutages())
                .containsExactly(new Outage(T, Optional.of(Duration.ofSeconds(9)), "down", "Link failure"));
        assertThat(source().outages()).isEqualTo(1);
    }

    @Test
    void ofASilenceOnlyTheEndIsTold() {
        statistics.heard(new OutageEnded(T, SOURCE, "silent", Duration.ofSeconds(9), 0));
        assertThat(source().lastOutages())
                .containsExactly(new Outage(T.minusSeconds(9), Optional.of(Duration.ofSeconds(9)), "silent", ""));
    }

    @Test
    void ofTheOutagesTheLastTwentyAreKept() {
        IntStream.range(0, 30)
                .forEach(each -> statistics.heard(
                        new OutageEnded(T.plusSeconds(each), SOURCE, "down", Duration.ofMillis(1), 1)));
        assertThat(source().lastOutages()).hasSize(DataSourceHistory.OUTAGES);
        assertThat(source().outages()).isEqualTo(30);
    }

    @Test
    void whoIsTurnedAwayIsNoJobAndNoDataSource() {
        statistics.heard(new TurnedAway(T, JOB, 1, "", "down", "CG0201", TurnedAway.Decision.REFUSED));
        assertThat(statistics.jobs()).isEmpty();
        assertThat(statistics.dataSources(name -> Optional.empty())).isEmpty();
    }

    @Test
    void aResetKeepsWhatHoldsNow() {
        run(1, T, RunOutcome.RAN);
        statistics.heard(new RunStarted(T, JOB, 2));
        statistics.promised(JOB, Optional.of(T));
        statistics.heard(new OutageEnded(T, SOURCE, "down", Duration.ofSeconds(9), 3));
        statistics.heard(new OutageBegan(T, SOURCE, "down", "Link failure"));
        statistics.heard(new GuardEvent.StateChanged(T, SOURCE, DataSourceState.UNAVAILABLE));
        statistics.reset();
        assertThat(job().runs()).containsEntry(RunOutcome.RAN, 0L);
        assertThat(job().lastRuns()).isEmpty();
        assertThat(job().active()).isEqualTo(1);
        assertThat(job().lastSuccess()).isPresent();
        assertThat(job().next()).contains(T);
        assertThat(source().state()).isEqualTo(DataSourceState.UNAVAILABLE);
        assertThat(source().outages()).isZero();
        assertThat(source().lastOutages()).hasSize(1);
    }
}
