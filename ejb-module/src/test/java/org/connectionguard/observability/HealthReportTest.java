/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.RunOutcome;
import org.connectionguard.observability.HealthReport.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {
    private static final Duration BOUND = Duration.ofMinutes(5);

    private final SmallDeployment deployment = new SmallDeployment();

    private Answer answer(Optional<Duration> downAfter) {
        return new HealthReport(
                        deployment.overview(), name -> downAfter.filter(bound -> name.equals(SmallDeployment.SOURCE)))
                .answer();
    }

    private void outage(String reason) {
        deployment.tell(new OutageBegan(deployment.now(), SmallDeployment.SOURCE, reason, "jdbc://user:secret@host"));
        deployment.becomes(DataSourceState.UNAVAILABLE);
    }

    private void back() {
        deployment.tell(new OutageEnded(deployment.now(), SmallDeployment.SOURCE, "down", Duration.ofMinutes(6), 3));
        deployment.becomes(DataSourceState.BACK);
    }

    @Test
    void aDeploymentIsUpWhenItBegins() {
        assertThat(answer(Optional.of(BOUND)).up()).isTrue();
    }

    @Test
    void anOutageIsUpHoweverLongWhereNothingElseIsSaid() {
        outage("down");
        deployment.pass(Duration.ofDays(3));
        assertThat(answer(Optional.empty()).up()).isTrue();
    }

    @Test
    void anOutageIsDownAfterItsBoundAndUpBeforeItAndWhenItIsOver() {
        outage("down");
        deployment.pass(BOUND);
        assertThat(answer(Optional.of(BOUND)).up()).isTrue();
        deployment.pass(Duration.ofMillis(1));
        assertThat(answer(Optional.of(BOUND)).up()).isFalse();
        back();
        assertThat(answer(Optional.of(BOUND)).up()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"down, false", "silent, false", "refused, false", "unfit, false", "exhausted, true", "crowded, true"})
    void aFullPoolIsNoReasonToSendRequestsElsewhere(String reason, boolean up) {
        outage(reason);
        deployment.pass(BOUND.plusSeconds(1));
        assertThat(answer(Optional.of(BOUND)).up()).isEqualTo(up);
    }

    @Test
    void aStalePoolIsUp() {
        deployment.becomes(DataSourceState.SUSPECT);
        deployment.pass(BOUND.plusSeconds(1));
        assertThat(answer(Optional.of(BOUND)).up()).isTrue();
    }

    @Test
    void whatThereIsToSayOfADataSourceIsSaidButNotInTheDriversWords() {
        outage("down");
        assertThat(answer(Optional.empty()).data())
                .contains(
                        entry("java:/Defects state", "unavailable"),
                        entry("java:/Defects since", "2026-11-27T02:00:00Z"),
                        entry("java:/Defects waiting", 0L),
                        entry("java:/Defects last outage", "down, 2026-11-27T02:00:00Z, not over"));
        assertThat(answer(Optional.empty()).data().toString()).doesNotContain("secret");
        back();
        assertThat(answer(Optional.empty()).data())
                .contains(entry("java:/Defects last outage", "down, 2026-11-27T02:00:00Z, PT6M"));
    }

    @Test
    void whatThereIsToSayOfJobsIsSaid() {
        assertThat(answer(Optional.empty()).data())
                .contains(entry("Trend.gather last success", "never"), entry("overdue jobs", 0L))
                .doesNotContainKey("Legacy.run last success");
        deployment.run(SmallDeployment.JOB, Duration.ofSeconds(3), RunOutcome.RAN);
        deployment.tell(new Overdue(deployment.now(), SmallDeployment.JOB, deployment.now()));
        assertThat(answer(Optional.empty()).data())
                .contains(
                        entry("Trend.gather last success", "2026-11-27T02:00:03Z"),
                        entry("overdue jobs", 1L),
                        entry("Trend.gather overdue", "true"));
        assertThat(answer(Optional.empty()).up()).isTrue();
    }

    @Test
    void ofManyJobsOnlySoManyAreSaid() {
        IntStream.range(0, 2 * HealthReport.JOBS).forEach(each -> {
            deployment.started("Job" + each + ".run");
            deployment.tell(new Overdue(deployment.now(), "Job" + each + ".run", deployment.now()));
        });
        assertThat(answer(Optional.empty()).data())
                .hasSizeLessThan(2 * HealthReport.JOBS + 10)
                .contains(entry("overdue jobs", 2L * HealthReport.JOBS));
    }
}
