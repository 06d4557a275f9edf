/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.health;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.DataSourceStatus.Outage;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.OutageBegan;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.JobStatus;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.message.Reason;
import org.connectionguard.observability.Channel;
import org.connectionguard.statistics.Overview;

/**
 * Whether a deployment is to be called ready, as far as its databases go, with what there is to say of it. It is, unless a data
 * source has a bound for its outages, and has been away for longer: a server that gets no requests any more, or is started anew,
 * brings no database back. Nothing is asked of a database for it; only jobs ask, and after the last of them nobody knows whether
 * it is back. So what none has found for twice the bound counts no more. For any thread.
 */
final class HealthChannel implements Channel {
    /** More would be read by nobody. */
    static final int JOBS = 50;

    private final Overview overview;
    private final Function<String, Optional<Duration>> downAfter;
    private final Runnable closing;

    /** By data source. */
    private final Map<String, Failure> lastFailures = new ConcurrentHashMap<>();

    /**
     * When a data source was last found away.
     *
     * @param reason in a word
     */
    private record Failure(Instant at, String reason) {}

    /**
     * The report of a moment.
     *
     * @param data texts and whole numbers
     */
    record Answer(boolean up, Map<String, Object> data) {}

    /**
     * Nothing has happened.
     *
     * @param downAfter the bound of a data source, by its name; empty: it has none
     * @param closing to be done when it is closed
     */
    HealthChannel(Overview overview, Function<String, Optional<Duration>> downAfter, Runnable closing) {
        this.overview = overview;
        this.downAfter = downAfter;
        this.closing = closing;
    }

    @Override
    public void heard(GuardEvent event) {
        if (event instanceof OutageBegan began) {
            lastFailures.put(began.dataSource(), new Failure(began.at(), began.reason()));
        } else if (event instanceof TurnedAway away && Reason.ofOutages().contains(away.reason())) {
            lastFailures.put(away.dataSource(), new Failure(away.at(), away.reason()));
        }
    }

    @Override
    public void close() {
        closing.run();
    }

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
                        .filter(bound -> isDown(dataSource, bound))
                        .isPresent();
    }

    /** Not where the database is there, and has no connection left: another server would get none either. */
    private boolean isDown(DataSourceStatus dataSource, Duration bound) {
        Instant now = overview.guard().now();
        return dataSource.since().plus(bound).isBefore(now)
                && Optional.ofNullable(lastFailures.get(dataSource.name()))
                        .filter(failure -> !failure.reason().equals(Reason.EXHAUSTED.word()))
                        .filter(failure -> dataSource.waiting() > 0
                                || !failure.at().plus(bound.multipliedBy(2)).isBefore(now))
                        .isPresent();
    }

    private static Optional<Outage> last(DataSourceStatus dataSource) {
        List<Outage> outages = dataSource.lastOutages();
        return outages.isEmpty() ? Optional.empty() : Optional.of(outages.get(outages.size() - 1));
    }

    private static void add(DataSourceStatus dataSource, Map<String, Object> data) {
        String name = dataSource.name();
        data.put(name + " state", dataSource.state().name().toLowerCase(Locale.ROOT));
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
