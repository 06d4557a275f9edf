/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.GuardEvent.Waited;
import org.connectionguard.RunOutcome;
import org.connectionguard.observability.Channel;
import org.connectionguard.testing.SmallDeployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenTelemetryChannelTest {
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final SmallDeployment deployment = new SmallDeployment();

    @AfterEach
    void end() {
        provider.close();
    }

    private Channel open() {
        Channel channel = new OpenTelemetryChannel(provider.get("test"), deployment.overview());
        deployment.channels().add(channel);
        return channel;
    }

    private Map<String, MetricData> collected() {
        return reader.collectAllMetrics().stream()
                .collect(Collectors.toMap(
                        metric -> metric.getName().substring("connection.guard.".length()), Function.identity()));
    }

    /** Its attributes, but the deployment's, as text. */
    private static Map<String, Double> gauge(MetricData metric) {
        return metric.getDoubleGaugeData().getPoints().stream()
                .collect(Collectors.toMap(point -> text(point.getAttributes()), point -> point.getValue()));
    }

    private static Map<String, Long> counts(MetricData metric) {
        return metric.getHistogramData().getPoints().stream()
                .collect(Collectors.toMap(point -> text(point.getAttributes()), HistogramPointData::getCount));
    }

    private static String text(Attributes attributes) {
        assertThat(attributes.asMap())
                .anySatisfy((key, value) ->
                        assertThat(key.getKey() + "=" + value).isEqualTo("deployment=" + SmallDeployment.NAME));
        return attributes.asMap().entrySet().stream()
                .filter(entry -> !entry.getKey().getKey().equals("deployment"))
                .map(entry -> entry.getKey().getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    @Test
    void gaugesAndCountersAreThereBeforeAnythingHappens() {
        open();
        Map<String, MetricData> metrics = collected();
        assertThat(metrics.keySet())
                .containsExactlyInAnyOrder(
                        "run.active",
                        "run.last.start",
                        "run.last.success",
                        "run.deferred.since",
                        "run.overdue",
                        "evictions",
                        "waiting",
                        "stuck",
                        "state",
                        "jobs");
        assertThat(metrics.get("evictions").getLongSumData().getPoints())
                .hasSize(5)
                .allSatisfy(point -> assertThat(point.getValue()).isZero());
        assertThat(gauge(metrics.get("run.last.success"))).containsExactly(Map.entry("job.name=Trend.gather", 0.0));
        assertThat(gauge(metrics.get("jobs")))
                .isEqualTo(Map.of(
                        "protection=guarded", 1.0, "protection=unprotected", 1.0, "protection=nothing_to_guard", 0.0));
    }

    @Test
    void timesAreInSecondsAndNothingIsARatio() {
        open();
        deployment.statistics().promised(SmallDeployment.JOB, Optional.of(SmallDeployment.START));
        deployment.run(SmallDeployment.JOB, Duration.ofSeconds(3), RunOutcome.RAN);
        Map<String, MetricData> metrics = collected();
        for (String time : new String[] {"runs", "run.last.start", "run.last.success", "run.next"}) {
            assertThat(metrics.get(time).getUnit()).as(time).isEqualTo("s");
        }
        for (String count :
                new String[] {"run.active", "run.overdue", "evictions", "waiting", "stuck", "state", "jobs"}) {
            assertThat(metrics.get(count).getUnit()).as(count).matches("\\{[a-z]+}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsMeasuredByItsOutcome(RunOutcome outcome) {
        open();
        deployment.run(SmallDeployment.JOB, Duration.ofSeconds(3), outcome);
        MetricData runs = collected().get("runs");
        assertThat(counts(runs))
                .isEqualTo(
                        Map.of("job.name=Trend.gather,outcome=" + outcome.name().toLowerCase(Locale.ROOT), 1L));
        HistogramPointData point =
                runs.getHistogramData().getPoints().iterator().next();
        assertThat(point.getSum()).isEqualTo(3);
        assertThat(point.getBoundaries()).contains(0.5, 60.0, 3600.0);
    }

    @Test
    void whatStandsOfAJobIsReadAtEachCollection() {
        open();
        String job = "job.name=" + SmallDeployment.JOB;
        Instant start = deployment.now();
        deployment.started(SmallDeployment.JOB);
        assertThat(gauge(collected().get("run.active"))).containsEntry(job, 1.0);
        assertThat(gauge(collected().get("run.last.start")).get(job)).isCloseTo(seconds(start), within(0.01));
        assertThat(collected()).doesNotContainKey("run.next");
        Instant next = start.plusSeconds(60);
        deployment.statistics().promised(SmallDeployment.JOB, Optional.of(next));
        assertThat(gauge(collected().get("run.next")).get(job)).isCloseTo(seconds(next), within(0.01));
        deployment.tell(new Overdue(deployment.now(), SmallDeployment.JOB, next));
        assertThat(gauge(collected().get("run.overdue"))).containsEntry(job, 1.0);
        deployment.tell(new ScheduleEnded(deployment.now(), SmallDeployment.JOB, false));
        assertThat(gauge(collected().get("run.next"))).containsEntry(job, 0.0);
    }

    @Test
    void howLongARunWasPutOffIsMeasuredByItsEnd() {
        open();
        for (DeferralEnded.End end : DeferralEnded.End.values()) {
            deployment.tell(new DeferralEnded(
                    deployment.now(), SmallDeployment.JOB, deployment.now().minusSeconds(60), 2, end));
        }
        MetricData deferrals = collected().get("deferrals");
        assertThat(counts(deferrals))
                .hasSize(DeferralEnded.End.values().length)
                .containsEntry("end=made_up,job.name=" + SmallDeployment.JOB, 1L)
                .containsEntry("end=kept_by_server,job.name=" + SmallDeployment.JOB, 1L);
        assertThat(deferrals.getHistogramData().getPoints()).allMatch(point -> point.getSum() == 60);
    }

    @Test
    void questionsWaitsAndOutagesAreMeasured() {
        open();
        for (Validated.Result result : Validated.Result.values()) {
            deployment.tell(new Validated(deployment.now(), SmallDeployment.SOURCE, result, Duration.ofMillis(2)));
        }
        deployment.tell(new Waited(deployment.now(), SmallDeployment.SOURCE, Duration.ofSeconds(7)));
        deployment.tell(new OutageEnded(deployment.now(), SmallDeployment.SOURCE, "refused", Duration.ofSeconds(9), 3));
        Map<String, MetricData> metrics = collected();
        String source = "data.source=" + SmallDeployment.SOURCE;
        assertThat(counts(metrics.get("validation")))
                .isEqualTo(Map.of(
                        source + ",result=alive", 1L,
                        source + ",result=dead", 1L,
                        source + ",result=silent", 1L,
                        source + ",result=unfit", 1L));
        assertThat(counts(metrics.get("wait"))).isEqualTo(Map.of(source, 1L));
        assertThat(counts(metrics.get("outages"))).isEqualTo(Map.of("cause=refused," + source, 1L));
    }

    @Test
    void evictionsAreCountedByCauseAndSweepsBeside() {
        open();
        deployment.tell(new Evicted(deployment.now(), SmallDeployment.SOURCE, Evicted.Cause.DEAD, "", true));
        assertThat(collected().get("evictions").getLongSumData().getPoints())
                .filteredOn(point -> point.getValue() == 1)
                .extracting(point -> text(point.getAttributes()))
                .containsExactlyInAnyOrder(
                        "cause=dead,data.source=" + SmallDeployment.SOURCE,
                        "cause=sibling,data.source=" + SmallDeployment.SOURCE);
    }

    @ParameterizedTest
    @EnumSource
    void exactlyOneStateHolds(DataSourceState state) {
        open();
        deployment.becomes(state);
        assertThat(gauge(collected().get("state")))
                .hasSize(4)
                .containsEntry(
                        "data.source=" + SmallDeployment.SOURCE + ",state="
                                + state.name().toLowerCase(Locale.ROOT),
                        1.0)
                .satisfies(states -> assertThat(states.values().stream()
                                .mapToDouble(each -> each)
                                .sum())
                        .isEqualTo(1));
    }

    @Test
    void aDataSourceThatWasNotKnownIsCountedFromZero() {
        open();
        deployment.tell(new OutageBegan(deployment.now(), "java:/Other", "down", ""));
        assertThat(collected().get("evictions").getLongSumData().getPoints()).hasSize(10);
    }

    @Test
    void aClosedChannelIsAskedForNothingAnyMore() {
        Channel channel = open();
        assertThat(collected()).containsKey("run.active");
        channel.close();
        assertThat(collected().keySet()).containsExactly("evictions");
    }

    @Test
    void itIsOpenedWithTheDeploymentsOpenTelemetryElseWithItsMeter() {
        OpenTelemetry telemetry =
                OpenTelemetrySdk.builder().setMeterProvider(provider).build();
        assertThat(OpenTelemetryChannel.open(new Only(telemetry, OpenTelemetry.class), deployment.overview()))
                .isPresent();
        assertThat(reader.collectAllMetrics())
                .extracting(metric -> metric.getInstrumentationScopeInfo().getName())
                .containsOnly("org.connectionguard");
        assertThat(OpenTelemetryChannel.open(new Only(provider.get("theirs"), Meter.class), deployment.overview()))
                .isPresent();
        assertThat(reader.collectAllMetrics())
                .extracting(metric -> metric.getInstrumentationScopeInfo().getName())
                .contains("theirs");
        assertThat(OpenTelemetryChannel.open(new Only("", String.class), deployment.overview()))
                .isEmpty();
    }

    private record Only(Object bean, Class<?> as) implements Lookup {
        @Override
        public <T> Optional<T> bean(Class<T> type) {
            return type == as ? Optional.of(type.cast(bean)) : Optional.empty();
        }
    }
}
