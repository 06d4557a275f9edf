/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.GuardEvent;
import org.connectionguard.JobStatus;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.engine.Gate;
import org.connectionguard.engine.GuardListener;
import org.connectionguard.engine.Time;

/**
 * What happened in one deployment, by job and by data source: as many of them as it has, and of each the last of it only. For any
 * thread.
 */
public final class Statistics implements GuardListener {
    private final Map<String, JobHistory> jobs = new ConcurrentSkipListMap<>();
    private final Map<String, DataSourceHistory> dataSources = new ConcurrentSkipListMap<>();
    private final Time time;
    private final Instant since;

    /** Nothing has happened. */
    public Statistics(Time time) {
        this.time = time;
        this.since = time.now();
    }

    /** Since when there is a history. */
    public Instant since() {
        return since;
    }

    /** A timer that there is, whether it ever runs or not. */
    public void register(String job, TimerReport timer) {
        jobs.put(job, new JobHistory(job, timer.schedule(), timer.protection(), timer.reason()));
    }

    /** A data source that there is, whether anything is ever asked of it or not. */
    public void register(String dataSource) {
        ofDataSource(dataSource);
    }

    @Override
    public void heard(GuardEvent event) {
        if (event instanceof GuardEvent.TurnedAway) {
            // Told by the run's end.
            return;
        }
        if (event instanceof GuardEvent.OfJob ofJob) {
            heard(ofJob);
        } else if (event instanceof GuardEvent.OfDataSource ofSource) {
            ofDataSource(ofSource.dataSource()).heard(ofSource);
        }
    }

    private void heard(GuardEvent.OfJob event) {
        JobHistory job = ofJob(event.job());
        if (event instanceof GuardEvent.RunStarted started) {
            job.started(started);
        } else if (event instanceof GuardEvent.RunEnded ended) {
            job.over(ended);
        } else if (event instanceof GuardEvent.Overdue) {
            job.overdue();
        } else if (event instanceof GuardEvent.ScheduleEnded) {
            job.ended();
        }
    }

    /** When the server will run a job next; empty: it does not say. */
    public void promised(String job, Optional<Instant> next) {
        ofJob(job).promised(next);
    }

    /** A method that is no timer comes with its first call; only guarded ones do. */
    private JobHistory ofJob(String name) {
        JobHistory known = jobs.get(name);
        return known != null
                ? known
                : jobs.computeIfAbsent(name, first -> new JobHistory(name, "", Protection.GUARDED, ""));
    }

    private DataSourceHistory ofDataSource(String name) {
        DataSourceHistory known = dataSources.get(name);
        return known != null
                ? known
                : dataSources.computeIfAbsent(name, first -> new DataSourceHistory(name, time.now()));
    }

    /** All jobs, in the order of their names. */
    public List<JobStatus> jobs() {
        return jobs.values().stream().map(JobHistory::status).toList();
    }

    /** A job. */
    public Optional<JobStatus> job(String name) {
        return Optional.ofNullable(jobs.get(name)).map(JobHistory::status);
    }

    /**
     * All data sources, in the order of their names.
     *
     * @param gates know what waits now
     */
    public List<DataSourceStatus> dataSources(Function<String, Optional<Gate>> gates) {
        return dataSources.keySet().stream()
                .flatMap(name -> dataSource(name, gates.apply(name)).stream())
                .toList();
    }

    /** A data source. */
    public Optional<DataSourceStatus> dataSource(String name, Optional<Gate> gate) {
        return Optional.ofNullable(dataSources.get(name))
                .map(history -> history.status(
                        gate.map(Gate::waiting).orElse(0), gate.map(Gate::stuck).orElse(0)));
    }

    /** Counters and lists begin anew; what holds now stays. */
    public void reset() {
        jobs.values().forEach(JobHistory::reset);
        dataSources.values().forEach(DataSourceHistory::reset);
    }
}
