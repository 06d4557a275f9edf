/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.DataSourceStatus.Outage;
import org.connectionguard.JobStatus;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.message.Reason;
import org.connectionguard.statistics.Overview;

/**
 * Whether a deployment is to be called ready, as far as its databases go, with what there is to say of it. It is, unless a data
 * source has a bound for its outages, and has been away for longer: a server that gets no requests any more, or is started anew,
 * brings no database back. Nothing is asked of a database for it. Immutable itself, for any thread.
 *
 * @param downAfter the bound of a data source, by its name
 */
record HealthReport(Overview overview, Function<String, Optional<Duration>> downAfter) {
    /** More would be read by nobody. */
    static final int JOBS = 50;

    /** The database is there: another server would not get more of it. */
    private static final Set<String> NOT_AWAY = Set.of(Reason.EXHAUSTED.word(), Reason.CROWDED.word());

    /**
     * The report of a moment.
     *
     * @param data texts and whole numbers
     */
    record Answer(boolean up, Map<String, Object> data) {}

    Answer answer() {
        Map<String, Object> data = new LinkedHashMap<>();
        List<DataSourceStatus> dataSources = overview.dataSources();
        dataSources.forEach(dataSource -> add(dataSource, data));
        add(overview.jobs(), data);
        return new Answer(dataSources.stream().noneMatch(this::isDown), data);
    }

    private boolean isDown(DataSourceStatus dataSource) {
        return dataSource.state() == DataSourceState.UNAVAILABLE
                && downAfter
                        .apply(dataSource.name())
                        .filter(bound -> dataSource
                                .since()
                                .plus(bound)
                                .isBefore(overview.guard().now()))
                        .isPresent()
                && last(dataSource)
                        .filter(outage -> outage.duration().isEmpty() && !NOT_AWAY.contains(outage.reason()))
                        .isPresent();
    }

    private static Optional<Outage> last(DataSourceStatus dataSource) {
        List<Outage> outages = dataSource.lastOutages();
        return outages.isEmpty() ? Optional.empty() : Optional.of(outages.get(outages.size() - 1));
    }

    private static void add(DataSourceStatus dataSource, Map<String, Object> data) {
        String name = dataSource.name();
        data.put(name + " state", Meters.word(dataSource.state()));
        data.put(name + " since", dataSource.since().toString());
        data.put(name + " waiting", (long) dataSource.waiting());
        // Not in the driver's words: whoever may ask for the health may not be one to read them.
        last(dataSource)
                .ifPresent(outage -> data.put(
                        name + " last outage",
                        outage.reason() + ", " + outage.begin() + ", "
                                + outage.duration().map(Duration::toString).orElse("not over")));
    }

    private static void add(List<JobStatus> jobs, Map<String, Object> data) {
        List<String> overdue =
                jobs.stream().filter(JobStatus::overdue).map(JobStatus::name).toList();
        data.put("overdue jobs", (long) overdue.size());
        overdue.stream().limit(JOBS).forEach(job -> data.put(job + " overdue", "true"));
        jobs.stream()
                // Of the others, perhaps nobody here sees the runs.
                .filter(job -> job.protection() == Protection.GUARDED
                        || job.lastStart().isPresent())
                .limit(JOBS)
                .forEach(job -> data.put(
                        job.name() + " last success",
                        job.lastSuccess().map(Instant::toString).orElse("never")));
    }
}
