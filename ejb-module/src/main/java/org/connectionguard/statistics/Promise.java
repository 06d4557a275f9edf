/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.connectionguard.GuardEvent;
import org.connectionguard.GuardEvent.Overdue;
import org.connectionguard.GuardEvent.ScheduleEnded;
import org.connectionguard.JobStatus;

/**
 * What a server has promised of one job, against what came. It is looked at now and then, so that of a job that runs more often
 * than that some promises are never seen. For one thread.
 */
public final class Promise {
    /** Clocks of timers and of calls are the same, but a timer may expire a little early. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    /**
     * A timer that the server has now. Immutable.
     *
     * @param next when it is to expire
     * @param elsewhere whether another server may be the one that calls it
     */
    public record Timer(Instant next, boolean elsewhere) {}

    private final String job;
    private final boolean declared;
    private final Duration grace;
    private Optional<Instant> pending = Optional.empty();
    private boolean told;
    private boolean hadTimer;
    private boolean ended;

    /**
     * Nothing is promised yet.
     *
     * @param declared whether it has a schedule that stands in the application: only then it is news that it has ended
     * @param grace how much later than promised a run may start
     */
    public Promise(String job, boolean declared, Duration grace) {
        this.job = job;
        this.declared = declared;
        this.grace = grace;
    }

    /** What was promised before does not count: the server kept its timers back. */
    public void forget() {
        pending = Optional.empty();
        told = false;
    }

    /**
     * Looks.
     *
     * @param timers that the server has; empty: it does not say
     * @param job what came
     * @param visible whether its runs are seen here
     * @param last whether its last run has said that there is no other
     */
    public Optional<GuardEvent> look(
            Instant now, Optional<List<Timer>> timers, JobStatus job, boolean visible, boolean last) {
        if (timers.isPresent() ? timers.get().isEmpty() && hadTimer : last) {
            return end(now, last);
        }
        List<Timer> known = timers.orElseGet(
                () -> job.next().map(next -> List.of(new Timer(next, false))).orElse(List.of()));
        hadTimer |= timers.isPresent() && !known.isEmpty();
        ended = false;
        Optional<Instant> next = known.stream().map(Timer::next).min(Instant::compareTo);
        if (isKept(job)) {
            pending = next;
            told = false;
        }
        if (pending.isEmpty() || job.active() > 0 || !now.isAfter(pending.get().plus(grace))) {
            return Optional.empty();
        }
        if (next.filter(pending.get()::isBefore).isPresent()
                && (!visible || known.stream().anyMatch(Timer::elsewhere))) {
            // It has expired, and whether its call was seen nobody here can tell.
            pending = next;
            return Optional.empty();
        }
        Instant promised = pending.get();
        boolean first = !told;
        told = true;
        return first ? Optional.of(new Overdue(now, this.job, promised)) : Optional.empty();
    }

    private boolean isKept(JobStatus job) {
        return pending.isEmpty()
                || job.lastStart()
                        .filter(start -> !start.isBefore(pending.get().minus(EARLY)))
                        .isPresent();
    }

    private Optional<GuardEvent> end(Instant now, boolean expected) {
        boolean news = !ended && declared;
        ended = true;
        forget();
        return news ? Optional.of(new ScheduleEnded(now, job, expected)) : Optional.empty();
    }
}
