/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.connectionguard.GuardEvent.RunEnded;
import org.connectionguard.GuardEvent.RunStarted;
import org.connectionguard.GuardEvent.TurnedAway;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.RunOutcome;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Verdict;
import org.connectionguard.message.Messages;

/**
 * One call of a job, from when the guard first sees it until it is over, and what is told of it. Several interceptors may have
 * a part in it, one inside the other. For the thread of the call.
 */
final class Run {
    private final Guard guard;
    private final String job;
    private final long number;
    private final long start;
    private long bodyStart;
    private int inside;
    private Verdict.Effort effort = Verdict.Effort.NONE;

    /** How it ends, where that is known before it is over. */
    private Optional<RunOutcome> decided = Optional.empty();

    private String reason = "";

    Run(Guard guard, String job, long number) {
        this.guard = guard;
        this.job = job;
        this.number = number;
        this.start = guard.nanos();
        this.bodyStart = start;
        guard.tell(new RunStarted(guard.now(), job, number));
    }

    /** An interceptor goes on with it. */
    void enter() {
        inside++;
    }

    /** @return whether it was the outermost: then it is over */
    boolean leave() {
        inside--;
        if (inside == 0) {
            tellEnd();
        }
        return inside == 0;
    }

    void took(Verdict.Effort more) {
        effort = effort.and(more);
        bodyStart = guard.nanos();
    }

    void turnedAway(String dataSource, String kind, String message, Decision decision) {
        decided = Optional.of(
                switch (decision) {
                    case REFUSED -> RunOutcome.REFUSED;
                    case SKIPPED, LEFT_OUT -> RunOutcome.SKIPPED;
                    case PROCEEDS -> RunOutcome.PROCEEDED;
                });
        reason = message;
        guard.tell(new TurnedAway(guard.now(), job, number, dataSource, kind, message, decision));
    }

    /** What went on from here threw; what was decided before stands, unless the body ran for all that. */
    void failed(Throwable thrown) {
        if (decided.isEmpty() || decided.get() == RunOutcome.PROCEEDED) {
            decided = Optional.of(RunOutcome.FAILED);
            reason = Messages.bodyFailed(thrown);
        }
    }

    private RunOutcome outcome() {
        return decided.orElse(
                effort.waited() ? RunOutcome.WAITED : effort.evicted() > 0 ? RunOutcome.HEALED : RunOutcome.RAN);
    }

    private void tellEnd() {
        Instant now = guard.now();
        Duration whole = Duration.ofNanos(guard.nanos() - start);
        Duration guarded = Duration.ofNanos(bodyStart - start);
        guard.tell(new RunEnded(now, job, number, whole, guarded, effort.evicted(), outcome(), reason));
    }
}
