/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.connectionguard.JobStatus;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.statistics.Overview;

/** What stands of a job now; times are seconds since 1970. Not a number: that is not known. */
enum JobGauge {
    /** Its runs that are under way. */
    ACTIVE("run.active", false, JobStatus::active),
    /** When it began last; 0: never. */
    LAST_START(
            "run.last.start",
            true,
            job -> job.lastStart().map(JobGauge::seconds).orElseGet(() -> never(job))),
    /** When its body last came to its end; 0: never. */
    LAST_SUCCESS(
            "run.last.success",
            true,
            job -> job.lastSuccess().map(JobGauge::seconds).orElseGet(() -> never(job))),
    /** When the server has promised its next run; 0: its schedule has ended. */
    NEXT(
            "run.next",
            true,
            job -> job.ended() ? 0 : job.next().map(JobGauge::seconds).orElse(Double.NaN)),
    /** Since when a run is put off that is still to be made up; 0: none is. */
    DEFERRED_SINCE(
            "run.deferred.since",
            true,
            job -> job.putOffSince().map(JobGauge::seconds).orElse(0.0)),
    /** Whether a promised run has not begun. */
    OVERDUE("run.overdue", false, job -> job.overdue() ? 1 : 0);

    private final String meter;
    private final boolean time;
    private final ToDoubleFunction<JobStatus> value;

    JobGauge(String meter, boolean time, ToDoubleFunction<JobStatus> value) {
        this.meter = Meters.PREFIX + meter;
        this.time = time;
        this.value = value;
    }

    String meter() {
        return meter;
    }

    /** Whether it is a time, in seconds. */
    boolean isTime() {
        return time;
    }

    double of(JobStatus job) {
        return value.applyAsDouble(job);
    }

    double of(Overview overview, String job) {
        return overview.job(job).map(this::of).orElse(Double.NaN);
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    /** Of a timer that is not guarded, perhaps nobody here sees the runs: then an alert on them would lie. */
    private static double never(JobStatus job) {
        return job.protection() == Protection.GUARDED || job.lastStart().isPresent() ? 0 : Double.NaN;
    }
}
