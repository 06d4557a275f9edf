/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Job.Protection;
import org.connectionguard.console.state.Outcome;

/** How a job is, the worst first; of several that apply the worst counts. */
public enum Condition {
    FAILED(Level.TROUBLE, job -> lastWas(job, Outcome.FAILED)),
    /** A run that has not started, and that nobody will make up. */
    LOST(
            Level.TROUBLE,
            job -> lastWas(job, Outcome.SKIPPED)
                    || lastWas(job, Outcome.REFUSED)
                    || lastWas(job, Outcome.DEFERRED) && job.putOffSince() == 0),
    ENDED(Level.TROUBLE, Job::ended),
    OVERDUE(Level.TROUBLE, Job::overdue),
    PUT_OFF(Level.ATTENTION, job -> job.putOffSince() > 0),
    UNPROTECTED(Level.WELL, job -> job.protection() == Protection.UNPROTECTED),
    NOT_YET(Level.WELL, job -> job.lastStart() == 0),
    MADE_UP(Level.WELL, job -> lastWas(job, Outcome.MADE_UP)),
    WELL(Level.WELL, job -> true);

    private final Level level;
    private final Predicate<Job> applies;

    Condition(Level level, Predicate<Job> applies) {
        this.level = level;
        this.applies = applies;
    }

    public Level level() {
        return level;
    }

    public static Condition of(Job job) {
        return Stream.of(values())
                .filter(condition -> condition.applies.test(job))
                .findFirst()
                .orElse(WELL);
    }

    /** A guard that is an application's own sees only what it guards. */
    static boolean isUnseen(Job job) {
        return job.protection() == Protection.UNPROTECTED && job.lastStart() == 0;
    }

    private static boolean lastWas(Job job, Outcome outcome) {
        return job.lastRun().filter(run -> run.outcome() == outcome).isPresent();
    }
}
