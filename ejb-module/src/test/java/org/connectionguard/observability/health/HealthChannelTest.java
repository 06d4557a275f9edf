/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.RunOutcome;
import org.connectionguard.testing.SmallDeployment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthChannelTest {
    private static final Duration BOUND = Duration.ofMinutes(5);

    private final SmallDeployment deployment = new SmallDeployment();

    private Optional<Duration> downAfter = Optional.of(BOUND);
    private final HealthChannel channel = new HealthChannel(
            deployment.overview(), name -> downAfter.filter(bound -> name.equals(SmallDeployment.SOURCE)), () -> {});

    @BeforeEach
    void open() {
        deployment.channels().add(channel);
    }

    private boolean isUp() {
        return channel.answer().up();
    }

    private Map<String, Object> data() {
        return channel.answer().data();
    }

    private void turnedAway(String reason) {
        deployment.tell(new TurnedAway(
                deployment.now(),
                SmallDeployment.JOB,
                1,
                SmallDeployment.SOURCE,
                reason,
                "",
                TurnedAway.Decision.REFUSED));
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
        assertThat(isUp()).isTrue();
    }

    @Test
    void anOutageIsUpHoweverLongWhereNothingElseIsSaid() {
        downAfter = Optional.empty();
        outage("down");
        deployment.pass(Duration.ofDays(3));
        turnedAway("down");
        assertThat(isUp()).isTrue();
    }

    @Test
    void anOutageIsDownAfterItsBoundAndUpBeforeItAndWhenItIsOver() {
        outage("down");
        deployment.pass(BOUND);
        assertThat(isUp()).isTrue();
        deployment.pass(Duration.ofMillis(1));
        assertThat(isUp()).isFalse();
        back();
        assertThat(isUp()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"down, false", "silent, false", "refused, false", "unfit, false", "exhausted, true"})
    void aFullPoolIsNoReasonToSendRequestsElsewhere(String reason, boolean up) {
        outage(reason);
        deployment.pass(BOUND.plusSeconds(1));
        assertThat(isUp()).isEqualTo(up);
    }

    @Test
    void whatHasBecomeOfAnOutageDecidesNotHowItBegan() {
        outage("down");
        deployment.pass(BOUND.plusSeconds(1));
        turnedAway("exhausted");
        assertThat(isUp()).isTrue();
        turnedAway("silent");
        assertThat(isUp()).isFalse();
    }

    @Test
    void anOutageThatNoJobHasFoundForLongIsNotKnownToLast() {
        outage("down");
        deployment.pass(BOUND.multipliedBy(2));
        assertThat(isUp()).isFalse();
        deployment.pass(Duration.ofMillis(1));
        assertThat(isUp()).isTrue();
        turnedAway("down");
        assertThat(isUp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crowded", "no time", "interrupted", "stopped"})
    void whatIsAJobsOwnTroubleSaysNothingOfTheDatabase(String reason) {
        outage("down");
        deployment.pass(BOUND.multipliedBy(3));
        turnedAway(reason);
        assertThat(isUp()).isTrue();
    }

    @Test
    void aStalePoolIsUp() {
        deployment.becomes(DataSourceState.SUSPECT);
        deployment.pass(BOUND.plusSeconds(1));
        assertThat(isUp()).isTrue();
    }

    @Test
    void whatThereIsToSayOfADataSourceIsSaidButNotInTheDriversWords() {
        outage("down");
        assertThat(data())
                .contains(
                        entry("java:/Defects state", "unavailable"),
                        entry("java:/Defects since", "2026-11-27T02:00:00Z"),
                        entry("java:/Defects waiting", 0L),
                        entry("java:/Defects last outage", "down, 2026-11-27T02:00:00Z, not over"));
        assertThat(data().toString()).doesNotContain("secret");
        back();
        assertThat(data()).contains(entry("java:/Defects last outage", "down, 2026-11-27T02:00:00Z, PT6M"));
    }

    @Test
    void whatThereIsToSayOfJobsIsSaid() {
        assertThat(data())
                .contains(entry("Trend.gather last success", "never"), entry("overdue jobs", 0L))
                .doesNotContainKey("Legacy.run last success");
        deployment.run(SmallDeployment.JOB, Duration.ofSeconds(3), RunOutcome.RAN);
        deployment.tell(new Overdue(deployment.now(), SmallDeployment.JOB, deployment.now()));
        assertThat(data())
                .contains(
                        entry("Trend.gather last success", "2026-11-27T02:00:03Z"),
                        entry("overdue jobs", 1L),
                        entry("Trend.gather overdue", "true"));
        assertThat(isUp()).isTrue();
    }

    @Test
    void ofManyJobsOnlySoManyAreSaid() {
        IntStream.range(0, 2 * HealthChannel.JOBS).forEach(each -> {
            deployment.started("Job" + each + ".run");
            deployment.tell(new Overdue(deployment.now(), "Job" + each + ".run", deployment.now()));
        });
        assertThat(data())
                .hasSizeLessThan(2 * HealthChannel.JOBS + 10)
                .contains(entry("overdue jobs", 2L * HealthChannel.JOBS));
    }
}
