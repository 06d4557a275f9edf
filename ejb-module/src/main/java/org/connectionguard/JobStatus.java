/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a job since its deployment. A job is a timer's method, guarded or not, or another method that is guarded. Of
 * a timer that no interceptor of the guard's sees, only the promise is known. Immutable.
 *
 * @param name class and method; with the package where two would have the same name
 * @param schedule when it expires, as declared; empty where it is no timer
 * @param protection whether it is protected
 * @param protectionReason by which way it is protected, or why it is not
 * @param active how many calls are under way
 * @param lastStart when it was called last
 * @param lastSuccess when its body last came to its end; empty: never
 * @param next when the server has promised the next run; empty where that is not known, or where there is none
 * @param overdue whether a promised run has not started
 * @param ended whether the server has no timer for it any more
 * @param putOffSince since when a run is put off that is still to be made up; empty: none is
 * @param runs how many calls ended in which way
 * @param time that all of them took
 * @param lastRuns the last hundred, the newest at the end
 */
public record JobStatus(
        String name,
        String schedule,
        TimerReport.Protection protection,
        String protectionReason,
        int active,
        Optional<Instant> lastStart,
        Optional<Instant> lastSuccess,
        Optional<Instant> next,
        boolean overdue,
        boolean ended,
        Optional<Instant> putOffSince,
        Map<RunOutcome, Long> runs,
        Duration time,
        List<PastRun> lastRuns) {

    /**
     * The same job, of which a run is put off or not.
     *
     * @param since since when; empty: none is
     * @return another status
     */
    public JobStatus putOff(Optional<Instant> since) {
        return new JobStatus(
                name,
                schedule,
                protection,
                protectionReason,
                active,
                lastStart,
                lastSuccess,
                next,
                overdue,
                ended,
                since,
                runs,
                time,
                lastRuns);
    }

    /**
     * A call that is over.
     *
     * @param start when it began
     * @param duration of the whole call
     * @param guarded how much of that passed before the body began, or was refused
     * @param evicted how many dead connections were destroyed on its way
     * @param outcome how it ended
     * @param reason why it did not end well, with the id of the log's line; empty where it did
     */
    public record PastRun(
            Instant start, Duration duration, Duration guarded, int evicted, RunOutcome outcome, String reason) {}
}
