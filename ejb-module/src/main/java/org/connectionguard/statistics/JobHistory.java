/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.JobStatus;
import org.connectionguard.JobStatus.PastRun;
import org.connectionguard.RunOutcome;
import org.connectionguard.TimerReport.Protection;

/** What happened to one job. For any thread; its lock is its own, and held for some additions only. */
final class JobHistory {
    static final int RUNS = 100;

    private final String name;
    private final String schedule;
    private final Protection protection;
    private final String protectionReason;

    // Guarded by this.
    private final Map<RunOutcome, Long> runs = new EnumMap<>(RunOutcome.class);
    private final Deque<PastRun> lastRuns = new ArrayDeque<>();
    private int active;
    private Optional<Instant> lastStart = Optional.empty();
    private Optional<Instant> lastSuccess = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private boolean overdue;
    private boolean ended;
    private Duration time = Duration.ZERO;

    JobHistory(String name, String schedule, Protection protection, String protectionReason) {
        this.name = name;
        this.schedule = schedule;
        this.protection = protection;
        this.protectionReason = protectionReason;
        reset();
    }

    synchronized void started(RunStarted run) {
        active++;
        lastStart = Optional.of(run.at());
        overdue = false;
        ended = false;
    }

    synchronized void over(RunEnded run) {
        active--;
        runs.merge(run.outcome(), 1L, Long::sum);
        time = time.plus(run.duration());
        if (run.outcome().ranBody()) {
            lastSuccess = Optional.of(run.at());
        }
        if (lastRuns.size() == RUNS) {
            lastRuns.removeFirst();
        }
        lastRuns.addLast(new PastRun(
                run.at().minus(run.duration()),
                run.duration(),
                run.guarded(),
                run.evicted(),
                run.outcome(),
                run.reason()));
    }

    synchronized void promised(Optional<Instant> promise) {
        next = promise;
        ended = ended && promise.isEmpty();
    }

    synchronized void overdue() {
        overdue = true;
    }

    synchronized void ended() {
        ended = true;
        next = Optional.empty();
    }

    /** Counters and runs begin anew. */
    synchronized void reset() {
        for (RunOutcome outcome : RunOutcome.values()) {
            runs.put(outcome, 0L);
        }
        lastRuns.clear();
        time = Duration.ZERO;
    }

    synchronized JobStatus status() {
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
                Optional.empty(),
                Map.copyOf(runs),
                time,
                List.copyOf(lastRuns));
    }
}
