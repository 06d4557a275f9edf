/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.GuardEvent.Waited;
import org.connectionguard.RunOutcome;
import org.connectionguard.observability.Channel;
import org.connectionguard.testing.SmallDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicrometerChannelTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SmallDeployment deployment = new SmallDeployment();

    private Channel open() {
        Channel channel = new MicrometerChannel(registry, deployment.overview());
        deployment.channels().add(channel);
        return channel;
    }

    private double gauge(String name, String... tags) {
        return registry.get("connection.guard." + name).tags(tags).gauge().value();
    }

    private Timer timer(String name, String... tags) {
        return registry.get("connection.guard." + name).tags(tags).timer();
    }

    private double evictions(String cause) {
        return registry.get("connection.guard.evictions")
                .tags("data.source", SmallDeployment.SOURCE, "cause", cause)
                .counter()
                .count();
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    @Test
    void allSeriesAreThereBeforeAnythingHappens() {
        open();
        assertThat(registry.getMeters().stream()
                        .map(Meter::getId)
                        .collect(Collectors.groupingBy(Meter.Id::getName, Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connection.guard.runs", 2L * RunOutcome.values().length),
                        Map.entry("connection.guard.run.active", 2L),
                        Map.entry("connection.guard.run.last.start", 2L),
                        Map.entry("connection.guard.run.last.success", 2L),
                        Map.entry("connection.guard.run.next", 2L),
                        Map.entry("connection.guard.run.deferred.since", 2L),
                        Map.entry("connection.guard.run.overdue", 2L),
                        Map.entry("connection.guard.validation", 4L),
                        Map.entry("connection.guard.evictions", 5L),
                        Map.entry("connection.guard.wait", 1L),
                        Map.entry("connection.guard.waiting", 1L),
                        Map.entry("connection.guard.state", 4L),
                        Map.entry("connection.guard.outages", 6L),
                        Map.entry("connection.guard.stuck", 1L),
                        Map.entry("connection.guard.jobs", 3L)));
        assertThat(registry.getMeters())
                .allSatisfy(
                        meter -> assertThat(meter.getId().getTag("deployment")).isEqualTo("shop"));
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsTimedByItsOutcome(RunOutcome outcome) {
        open();
        deployment.run(SmallDeployment.JOB, Duration.ofSeconds(3), outcome);
        String word = outcome.name().toLowerCase(Locale.ROOT);
        Timer timer = timer("runs", "job.name", SmallDeployment.JOB, "outcome", word, "deployment", "shop");
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(registry.get("connection.guard.runs").timers().stream().mapToLong(Timer::count))
                .filteredOn(count -> count > 0)
                .hasSize(1);
    }

    @Test
    void aRunUnderWayIsActiveAndWhatHasRunTellsWhen() {
        open();
        String[] job = {"job.name", SmallDeployment.JOB};
        assertThat(gauge("run.last.start", job)).isZero();
        assertThat(gauge("run.last.success", job)).isZero();
        Instant start = deployment.now();
        deployment.started(SmallDeployment.JOB);
        assertThat(gauge("run.active", job)).isEqualTo(1);
        assertThat(gauge("run.last.start", job)).isCloseTo(seconds(start), within(0.01));
        assertThat(gauge("run.last.success", job)).isZero();
        deployment.run(SmallDeployment.JOB, Duration.ofSeconds(3), RunOutcome.HEALED);
        assertThat(gauge("run.last.success", job)).isCloseTo(seconds(start.plusSeconds(3)), within(0.01));
        assertThat(registry.get("connection.guard.run.last.success").tags(job).meter())
                .isInstanceOfSatisfying(
                        TimeGauge.class, time -> assertThat(time.baseTimeUnit()).isEqualTo(TimeUnit.SECONDS));
    }

    @Test
    void ofATimerWhoseRunsNobodySeesNothingIsClaimed() {
        open();
        assertThat(gauge("run.last.success", "job.name", SmallDeployment.UNPROTECTED))
                .isNaN();
        deployment.run(SmallDeployment.UNPROTECTED, Duration.ofSeconds(1), RunOutcome.FAILED);
        assertThat(gauge("run.last.success", "job.name", SmallDeployment.UNPROTECTED))
                .isZero();
    }

    @Test
    void whatTheServerPromisedIsSeenAndThatItDidNotCome() {
        open();
        String[] job = {"job.name", SmallDeployment.JOB};
        assertThat(gauge("run.next", job)).isNaN();
        Instant next = SmallDeployment.START.plusSeconds(60);
        deployment.statistics().promised(SmallDeployment.JOB, Optional.of(next));
        assertThat(gauge("run.next", job)).isCloseTo(seconds(next), within(0.01));
        assertThat(gauge("run.overdue", job)).isZero();
        deployment.tell(new Overdue(deployment.now(), SmallDeployment.JOB, next));
        assertThat(gauge("run.overdue", job)).isEqualTo(1);
        deployment.tell(new ScheduleEnded(deployment.now(), SmallDeployment.JOB, true));
        assertThat(gauge("run.next", job)).isZero();
    }

    @Test
    void howLongARunWasPutOffIsTimedByItsEnd() {
        open();
        for (DeferralEnded.End end : DeferralEnded.End.values()) {
            deployment.tell(new DeferralEnded(
                    deployment.now(), SmallDeployment.JOB, deployment.now().minusSeconds(60 + end.ordinal()), 2, end));
        }
        for (DeferralEnded.End end : DeferralEnded.End.values()) {
            Timer timer = timer(
                    "deferrals",
                    "job.name",
                    SmallDeployment.JOB,
                    "end",
                    end.name().toLowerCase(Locale.ROOT),
                    "deployment",
                    "shop");
            assertThat(timer.count()).isEqualTo(1);
            assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(60 + end.ordinal());
        }
    }

    @Test
    void questionsWaitsAndOutagesAreTimed() {
        open();
        String[] source = {"data.source", SmallDeployment.SOURCE, "deployment", "shop"};
        for (Validated.Result result : Validated.Result.values()) {
            deployment.tell(new Validated(
                    deployment.now(), SmallDeployment.SOURCE, result, Duration.ofMillis(2 + result.ordinal())));
        }
        deployment.tell(new Waited(deployment.now(), SmallDeployment.SOURCE, Duration.ofSeconds(7)));
        deployment.tell(new OutageEnded(deployment.now(), SmallDeployment.SOURCE, "refused", Duration.ofSeconds(9), 3));
        deployment.tell(
                new OutageEnded(deployment.now(), SmallDeployment.SOURCE, "no thread", Duration.ofSeconds(1), 3));
        assertThat(Stream.of("alive", "dead", "silent", "unfit"))
                .extracting(result -> registry.get("connection.guard.validation")
                        .tags(source)
                        .tag("result", result)
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .containsExactly(2.0, 3.0, 4.0, 5.0);
        assertThat(timer("wait", source).totalTime(TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(timer("outages", "cause", "refused").totalTime(TimeUnit.SECONDS))
                .isEqualTo(9);
        assertThat(timer("outages", "cause", "no thread").count()).isEqualTo(1);
        assertThat(timer("outages", "cause", "down").count()).isZero();
    }

    @Test
    void evictionsAreCountedByCauseAndSweepsBeside() {
        open();
        deployment.tell(new Evicted(deployment.now(), SmallDeployment.SOURCE, Evicted.Cause.DEAD, "", true));
        deployment.tell(new Evicted(deployment.now(), SmallDeployment.SOURCE, Evicted.Cause.AGED, "", false));
        assertThat(evictions("dead")).isEqualTo(1);
        assertThat(evictions("aged")).isEqualTo(1);
        assertThat(evictions("sibling")).isEqualTo(1);
        assertThat(evictions("silent")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void exactlyOneStateHolds(DataSourceState state) {
        open();
        deployment.becomes(state);
        for (DataSourceState each : DataSourceState.values()) {
            assertThat(gauge("state", "state", each.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(each == state ? 1 : 0);
        }
    }

    @Test
    void theReportIsCounted() {
        open();
        deployment.run("Called.method", Duration.ZERO, RunOutcome.RAN);
        assertThat(gauge("jobs", "protection", "guarded")).isEqualTo(1);
        assertThat(gauge("jobs", "protection", "unprotected")).isEqualTo(1);
        assertThat(gauge("jobs", "protection", "nothing_to_guard")).isZero();
    }

    @Test
    void whatWasNotKnownComesWithItsFirstEvent() {
        open();
        deployment.started("Called.method");
        assertThat(gauge("run.active", "job.name", "Called.method")).isEqualTo(1);
        deployment.tell(new Waited(deployment.now(), "java:/Other", Duration.ofSeconds(1)));
        assertThat(gauge("waiting", "data.source", "java:/Other")).isZero();
        assertThat(timer("wait", "data.source", "java:/Other").count()).isEqualTo(1);
    }

    @Test
    void aRefusalThatNamesNoDataSourceMakesNoSeries() {
        open();
        deployment.tell(new TurnedAway(
                deployment.now(), SmallDeployment.JOB, 1, "", "uncheckable", "", TurnedAway.Decision.LEFT_OUT));
        assertThat(registry.find("connection.guard.waiting")
                        .tag("data.source", "")
                        .meter())
                .isNull();
    }

    @Test
    void aClosedChannelHasTakenAwayItsOwnMetersOnly() {
        registry.counter("orders");
        registry.counter("connection.guard.evictions", "deployment", "other", "data.source", "x", "cause", "dead");
        Channel channel = open();
        deployment.started("Called.method");
        channel.close();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("deployment"))
                .containsExactlyInAnyOrder(null, "other");
        // Its last runs end while it is being closed.
        deployment.run("Late.job", Duration.ZERO, RunOutcome.RAN);
        assertThat(registry.getMeters()).hasSize(2);
    }

    @Test
    void itIsOpenedOnlyWhereADeploymentHasARegistry() {
        Lookup none = new Lookup() {
            @Override
            public <T> Optional<T> bean(Class<T> type) {
                return Optional.empty();
            }
        };
        Lookup one = new Lookup() {
            @Override
            public <T> Optional<T> bean(Class<T> type) {
                return Optional.of(type.cast(registry));
            }
        };
        assertThat(MicrometerChannel.open(none, deployment.overview())).isEmpty();
        assertThat(MicrometerChannel.open(one, deployment.overview())).isPresent();
    }
}
