/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.OutageEnded;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.GuardEvent.Waited;
import org.connectionguard.JobStatus;
import org.connectionguard.RunOutcome;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.message.Reason;
import org.connectionguard.observability.Channel;
import org.connectionguard.statistics.Overview;

/**
 * Meters of Micrometer: those of every job and data source that is known from the begin, those of others from their first event.
 * The only class that knows Micrometer. For any thread.
 *
 * <p>Meters are made by the registry's own methods only: WildFly's registry loses what a builder makes. They are looked up once
 * and kept; a meter is asked for again only where two threads see a new job at once, which gives the same one.
 */
public final class MicrometerChannel implements Channel {
    private final MeterRegistry registry;

    /** Gauges hold it weakly. */
    private final Overview overview;

    private final Tags deployment;
    private final Map<String, Map<RunOutcome, Timer>> jobs = new ConcurrentHashMap<>();
    private final Map<String, DataSourceMeters> dataSources = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What is measured at one data source's events; it makes its meters itself. */
    private final class DataSourceMeters {
        private final Tags tags;
        private final Map<Validated.Result, Timer> validations = new EnumMap<>(Validated.Result.class);
        private final Map<Evicted.Cause, Counter> evictions = new EnumMap<>(Evicted.Cause.class);
        private final Counter sweeps;
        private final Timer waits;
        private final Map<String, Timer> outages = new ConcurrentHashMap<>();

        DataSourceMeters(String name) {
            tags = deployment.and(Meters.DATA_SOURCE, name);
            for (Validated.Result result : Validated.Result.values()) {
                validations.put(
                        result, registry.timer(Meters.VALIDATION, tags.and(Meters.RESULT, Meters.word(result))));
            }
            for (Evicted.Cause cause : Evicted.Cause.values()) {
                evictions.put(cause, eviction(Meters.word(cause)));
            }
            sweeps = eviction(Meters.SIBLING);
            waits = registry.timer(Meters.WAIT, tags);
            Reason.ofOutages().forEach(this::outage);
            for (DataSourceGauge gauge : DataSourceGauge.values()) {
                gauge(gauge.meter(), tags, each -> gauge.of(each, name));
            }
            for (DataSourceState state : DataSourceState.values()) {
                gauge(
                        Meters.STATE,
                        tags.and(Meters.STATE_TAG, Meters.word(state)),
                        each -> each.dataSource(name)
                                .filter(status -> status.state() == state)
                                .map(status -> 1.0)
                                .orElse(0.0));
            }
        }

        private Counter eviction(String cause) {
            return registry.counter(Meters.EVICTIONS, tags.and(Meters.CAUSE, cause));
        }

        private Timer outage(String cause) {
            return outages.computeIfAbsent(
                    cause, first -> registry.timer(Meters.OUTAGES, tags.and(Meters.CAUSE, cause)));
        }
    }

    MicrometerChannel(MeterRegistry registry, Overview overview) {
        this.registry = registry;
        this.overview = overview;
        this.deployment = Tags.of(Meters.DEPLOYMENT, overview.deployment());
        overview.jobs().stream().map(JobStatus::name).forEach(this::job);
        overview.dataSources().stream().map(DataSourceStatus::name).forEach(this::dataSource);
        for (Protection protection : Protection.values()) {
            gauge(
                    Meters.JOBS,
                    deployment.and(Meters.PROTECTION, Meters.word(protection)),
                    each -> Meters.timers(each, protection));
        }
    }

    /**
     * With the deployment's registry; empty where it has none.
     *
     * @throws NoClassDefFoundError where there is no Micrometer
     */
    public static Optional<Channel> open(Lookup beans, Overview overview) {
        return beans.bean(MeterRegistry.class).map(registry -> new MicrometerChannel(registry, overview));
    }

    @Override
    public void heard(GuardEvent event) {
        if (event instanceof RunEnded run) {
            record(job(run.job()).get(run.outcome()), run.duration());
        } else if (event instanceof Validated validated) {
            record(dataSource(validated.dataSource()).validations.get(validated.result()), validated.duration());
        } else if (event instanceof Evicted evicted) {
            evicted(evicted);
        } else if (event instanceof Waited waited) {
            record(dataSource(waited.dataSource()).waits, waited.duration());
        } else if (event instanceof OutageEnded outage) {
            record(dataSource(outage.dataSource()).outage(outage.reason()), outage.duration());
        } else if (event instanceof DeferralEnded ended) {
            record(
                    registry.timer(
                            Meters.DEFERRALS,
                            deployment.and(Meters.JOB, ended.job()).and(Meters.END, Meters.word(ended.end()))),
                    Duration.between(ended.since(), ended.at()));
        } else if (event instanceof TurnedAway) {
            // Told by the run's end.
            return;
        } else if (event instanceof GuardEvent.OfJob ofJob) {
            job(ofJob.job());
        } else if (event instanceof GuardEvent.OfDataSource ofDataSource) {
            dataSource(ofDataSource.dataSource());
        }
    }

    private void evicted(Evicted event) {
        DataSourceMeters meters = dataSource(event.dataSource());
        meters.evictions.get(event.cause()).increment();
        if (event.siblings()) {
            meters.sweeps.increment();
        }
    }

    private static void record(Timer timer, Duration duration) {
        timer.record(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Map<RunOutcome, Timer> job(String name) {
        return known(jobs, name, this::jobMeters);
    }

    private DataSourceMeters dataSource(String name) {
        return known(dataSources, name, DataSourceMeters::new);
    }

    /** The registry is not asked under a lock of ours. */
    private <T> T known(Map<String, T> meters, String name, Function<String, T> maker) {
        T known = meters.get(name);
        if (known != null) {
            return known;
        }
        T made = maker.apply(name);
        meters.put(name, made);
        if (closed) {
            removeAll();
        }
        return made;
    }

    private Map<RunOutcome, Timer> jobMeters(String job) {
        Tags tags = deployment.and(Meters.JOB, job);
        for (JobGauge gauge : JobGauge.values()) {
            ToDoubleFunction<Overview> value = each -> gauge.of(each, job);
            if (gauge.isTime()) {
                registry.more().timeGauge(gauge.meter(), tags, overview, TimeUnit.SECONDS, value);
            } else {
                gauge(gauge.meter(), tags, value);
            }
        }
        Map<RunOutcome, Timer> runs = new EnumMap<>(RunOutcome.class);
        for (RunOutcome outcome : RunOutcome.values()) {
            runs.put(outcome, registry.timer(Meters.RUNS, tags.and(Meters.OUTCOME, Meters.word(outcome))));
        }
        return runs;
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<Overview> value) {
        registry.gauge(name, tags, overview, value);
    }

    @Override
    public void close() {
        closed = true;
        removeAll();
    }

    private void removeAll() {
        registry.getMeters().stream().filter(this::isOurs).forEach(registry::remove);
    }

    private boolean isOurs(Meter meter) {
        return meter.getId().getName().startsWith(Meters.PREFIX)
                && overview.deployment().equals(meter.getId().getTag(Meters.DEPLOYMENT));
    }
}
