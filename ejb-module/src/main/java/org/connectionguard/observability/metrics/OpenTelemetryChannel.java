/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.GuardEvent.Waited;
import org.connectionguard.JobStatus;
import org.connectionguard.RunOutcome;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.observability.Channel;
import org.connectionguard.statistics.Overview;

/**
 * Instruments of OpenTelemetry, named as Micrometer's meters. What the gauges show is read in one go at each collection, so that
 * all jobs and data sources are there from the begin, and so are the counters; a histogram's series begins with its first
 * measurement. The only class that knows OpenTelemetry. For any thread.
 */
public final class OpenTelemetryChannel implements Channel {
    private static final String SECONDS = "s";

    /** Jobs take from milliseconds to hours. */
    private static final List<Double> OF_RUNS =
            List.of(0.01, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0);

    /** A round trip, up to validation-timeout. */
    private static final List<Double> OF_VALIDATIONS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0);

    /** Up to max-wait. */
    private static final List<Double> OF_WAITS = List.of(0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0);

    private static final List<Double> OF_OUTAGES =
            List.of(1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0, 86400.0);

    private final Overview overview;
    private final DoubleHistogram runs;
    private final DoubleHistogram validations;
    private final DoubleHistogram waits;
    private final DoubleHistogram outages;
    private final DoubleHistogram deferrals;
    private final LongCounter evictions;
    private final Map<JobGauge, ObservableDoubleMeasurement> jobGauges = new EnumMap<>(JobGauge.class);
    private final Map<DataSourceGauge, ObservableDoubleMeasurement> dataSourceGauges =
            new EnumMap<>(DataSourceGauge.class);
    private final ObservableDoubleMeasurement states;
    private final ObservableDoubleMeasurement timers;
    private final BatchCallback callback;

    /** Of what is measured at events: made once. */
    private final Map<String, Map<RunOutcome, Attributes>> jobs = new ConcurrentHashMap<>();

    private final Map<String, DataSourceAttributes> dataSources = new ConcurrentHashMap<>();

    private record DataSourceAttributes(
            Attributes all,
            Map<Validated.Result, Attributes> results,
            Map<Evicted.Cause, Attributes> causes,
            Attributes sweep) {}

    OpenTelemetryChannel(Meter meter, Overview overview) {
        this.overview = overview;
        runs = histogram(meter, Meters.RUNS, OF_RUNS);
        validations = histogram(meter, Meters.VALIDATION, OF_VALIDATIONS);
        waits = histogram(meter, Meters.WAIT, OF_WAITS);
        outages = histogram(meter, Meters.OUTAGES, OF_OUTAGES);
        deferrals = histogram(meter, Meters.DEFERRALS, OF_OUTAGES);
        evictions =
                meter.counterBuilder(Meters.EVICTIONS).setUnit("{connection}").build();
        for (JobGauge gauge : JobGauge.values()) {
            jobGauges.put(gauge, gauge(meter, gauge.meter(), gauge.isTime() ? SECONDS : "{run}"));
        }
        for (DataSourceGauge gauge : DataSourceGauge.values()) {
            dataSourceGauges.put(gauge, gauge(meter, gauge.meter(), gauge.unit()));
        }
        states = gauge(meter, Meters.STATE, "{state}");
        timers = gauge(meter, Meters.JOBS, "{job}");
        overview.dataSources().stream().map(DataSourceStatus::name).forEach(this::dataSource);
        callback = meter.batchCallback(
                this::observe,
                timers,
                Stream.of(Stream.of(states), jobGauges.values().stream(), dataSourceGauges.values().stream())
                        .flatMap(Function.identity())
                        .toArray(ObservableDoubleMeasurement[]::new));
    }

    /**
     * With the deployment's OpenTelemetry; empty where it has none.
     *
     * @throws NoClassDefFoundError where there is no OpenTelemetry
     */
    public static Optional<Channel> open(Lookup beans, Overview overview) {
        return beans.bean(OpenTelemetry.class)
                .map(telemetry -> telemetry.getMeter("org.connectionguard"))
                .or(() -> beans.bean(Meter.class))
                .map(meter -> new OpenTelemetryChannel(meter, overview));
    }

    private static DoubleHistogram histogram(Meter meter, String name, List<Double> bounds) {
        DoubleHistogramBuilder histogram = meter.histogramBuilder(name).setUnit(SECONDS);
        try {
            return histogram.setExplicitBucketBoundariesAdvice(bounds).build();
        } catch (NoSuchMethodError e) {
            // OpenTelemetry before 1.32, as in Payara 6: the bounds are the SDK's.
            return histogram.build();
        }
    }

    private static ObservableDoubleMeasurement gauge(Meter meter, String name, String unit) {
        return meter.gaugeBuilder(name).setUnit(unit).buildObserver();
    }

    @Override
    public void heard(GuardEvent event) {
        if (event instanceof RunEnded run) {
            runs.record(seconds(run.duration()), job(run.job()).get(run.outcome()));
        } else if (event instanceof Validated validated) {
            validations.record(
                    seconds(validated.duration()),
                    dataSource(validated.dataSource()).results().get(validated.result()));
        } else if (event instanceof Evicted evicted) {
            evicted(evicted);
        } else if (event instanceof Waited waited) {
            waits.record(
                    seconds(waited.duration()), dataSource(waited.dataSource()).all());
        } else if (event instanceof OutageEnded outage) {
            Attributes all = dataSource(outage.dataSource()).all();
            outages.record(seconds(outage.duration()), with(all, Meters.CAUSE, outage.reason()));
        } else if (event instanceof DeferralEnded ended) {
            deferrals.record(
                    seconds(Duration.between(ended.since(), ended.at())),
                    with(with(deployment(), Meters.JOB, ended.job()), Meters.END, Meters.word(ended.end())));
        } else if (event instanceof OutageBegan began) {
            // One that was not known from the begin: its counters are to be there before they count.
            dataSource(began.dataSource());
        }
    }

    private void evicted(Evicted event) {
        DataSourceAttributes attributes = dataSource(event.dataSource());
        evictions.add(1, attributes.causes().get(event.cause()));
        if (event.siblings()) {
            evictions.add(1, attributes.sweep());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private Map<RunOutcome, Attributes> job(String name) {
        Map<RunOutcome, Attributes> known = jobs.get(name);
        return known != null ? known : jobs.computeIfAbsent(name, this::outcomes);
    }

    private Map<RunOutcome, Attributes> outcomes(String job) {
        Attributes all = with(deployment(), Meters.JOB, job);
        return byWord(RunOutcome.class, all, Meters.OUTCOME);
    }

    private DataSourceAttributes dataSource(String name) {
        DataSourceAttributes known = dataSources.get(name);
        return known != null ? known : dataSources.computeIfAbsent(name, this::countedFromZero);
    }

    private DataSourceAttributes countedFromZero(String dataSource) {
        Attributes all = with(deployment(), Meters.DATA_SOURCE, dataSource);
        DataSourceAttributes attributes = new DataSourceAttributes(
                all,
                byWord(Validated.Result.class, all, Meters.RESULT),
                byWord(Evicted.Cause.class, all, Meters.CAUSE),
                with(all, Meters.CAUSE, Meters.SIBLING));
        attributes.causes().values().forEach(cause -> evictions.add(0, cause));
        evictions.add(0, attributes.sweep());
        return attributes;
    }

    private Attributes deployment() {
        return Attributes.of(AttributeKey.stringKey(Meters.DEPLOYMENT), overview.deployment());
    }

    private static Attributes with(Attributes all, String key, String value) {
        return all.toBuilder().put(key, value).build();
    }

    private static <E extends Enum<E>> Map<E, Attributes> byWord(Class<E> type, Attributes all, String key) {
        Map<E, Attributes> attributes = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            attributes.put(value, with(all, key, Meters.word(value)));
        }
        return attributes;
    }

    /** At each collection. */
    private void observe() {
        Attributes deployment = deployment();
        for (JobStatus job : overview.jobs()) {
            Attributes attributes = with(deployment, Meters.JOB, job.name());
            jobGauges.forEach((gauge, measurement) -> {
                double value = gauge.of(job);
                if (!Double.isNaN(value)) {
                    measurement.record(value, attributes);
                }
            });
        }
        for (DataSourceStatus dataSource : overview.dataSources()) {
            Attributes attributes = with(deployment, Meters.DATA_SOURCE, dataSource.name());
            dataSourceGauges.forEach((gauge, measurement) -> measurement.record(gauge.of(dataSource), attributes));
            byWord(DataSourceState.class, attributes, Meters.STATE_TAG)
                    .forEach((state, one) -> states.record(dataSource.state() == state ? 1 : 0, one));
        }
        byWord(Protection.class, deployment, Meters.PROTECTION)
                .forEach((protection, one) -> timers.record(Meters.timers(overview, protection), one));
    }

    /** Instruments for events have no end; they hold nothing of the deployment's. */
    @Override
    public void close() {
        callback.close();
    }
}
