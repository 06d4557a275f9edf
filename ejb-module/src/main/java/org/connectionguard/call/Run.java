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
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Verdict;
import org.connectionguard.later.Arrival;
import org.connectionguard.later.Arrival.Kind;
import org.connectionguard.later.Later;
import org.connectionguard.message.Messages;
import org.connectionguard.message.Reason;
import org.connectionguard.server.JtaTransaction;

/**
 * One call of a job, from when the guard first sees it until it is over, and what is told of it. Several interceptors may have
 * a part in it, one inside the other. For the thread of the call; its transaction may end on another one.
 */
final class Run {
    private final Guard guard;
    private final Optional<Later> later;
    private final Object timer;
    private final Arrival arrival;
    private final String job;
    private final long number;
    private final long start;
    private long bodyStart;
    private Verdict.Effort effort = Verdict.Effort.NONE;

    /** How it ends, where that is known before it is over. */
    private Optional<RunOutcome> decided = Optional.empty();

    private String reason = "";

    // Guarded by this.
    private int inside;

    /** Whether its body is over, and its transaction is not yet. */
    private boolean awaitsTransaction;

    /** By which nothing of its body lasts. */
    private Optional<String> undone = Optional.empty();

    /** @param timer of the call; null where it is no timer's */
    Run(Guard guard, Optional<Later> later, String job, long number, Object timer) {
        this.guard = guard;
        this.later = later;
        this.timer = timer;
        this.arrival = later.map(each -> each.arrive(timer)).orElseGet(Arrival::ofNothing);
        this.job = job;
        this.number = number;
        this.start = guard.nanos();
        this.bodyStart = start;
        guard.tell(new RunStarted(guard.now(), job, number));
    }

    /** An interceptor goes on with it. */
    synchronized void enter() {
        inside++;
    }

    /** @return whether it was the outermost: then the call leaves the guard */
    boolean leave() {
        boolean outermost;
        boolean over;
        synchronized (this) {
            inside--;
            outermost = inside == 0;
            over = outermost && !awaitsTransaction;
        }
        if (over) {
            tellEnd();
        }
        return outermost;
    }

    /** Whether it is a timer's, so that the transaction of its call is its own. */
    boolean isTimers() {
        return timer != null;
    }

    /**
     * Its body has come to its end, and what it did lasts if the commit does not fail.
     *
     * @param transaction its own, in which nothing but the body is
     */
    void endsWith(JtaTransaction transaction) {
        synchronized (this) {
            awaitsTransaction = true;
        }
        transaction.whenOver(this::transactionOver);
    }

    private void transactionOver(Optional<String> status) {
        boolean over;
        synchronized (this) {
            awaitsTransaction = false;
            undone = status;
            over = inside == 0;
        }
        if (over) {
            tellEnd();
        }
    }

    void took(Verdict.Effort more) {
        effort = effort.and(more);
        bodyStart = guard.nanos();
    }

    void turnedAway(String dataSource, String kind, String message, Decision decision) {
        decided = Optional.of(
                switch (decision) {
                    case REFUSED, LEFT_OUT -> RunOutcome.REFUSED;
                    case SKIPPED -> RunOutcome.SKIPPED;
                    case PUT_OFF -> RunOutcome.DEFERRED;
                    case PROCEEDS -> RunOutcome.PROCEEDED;
                });
        reason = message;
        guard.tell(new TurnedAway(guard.now(), job, number, dataSource, kind, message, decision));
    }

    /** Whether its timer has a run under way, or is called in vain: its body is not for now. */
    boolean isNotForNow() {
        return arrival.kind() == Kind.TOO_EARLY || arrival.kind() == Kind.NEEDLESS;
    }

    /** It returns without its body: another run of its timer is being made up. */
    void leaveToOther() {
        Target target = arrival.target();
        String message = Messages.isBeingMadeUp(job);
        Optional<String> whyNot = putOff(target, false);
        turnedAway(
                target.name(),
                Reason.MAKING_UP.word(),
                whyNot.map(why -> Messages.notPutOff(message, why)).orElse(message),
                whyNot.isPresent() ? Decision.LEFT_OUT : Decision.PUT_OFF);
    }

    /**
     * It is to be made up.
     *
     * @param rollsBack whether the container takes the call for failed, and may repeat it
     * @return why that is not possible
     */
    Optional<String> putOff(Target target, boolean rollsBack) {
        return later.map(each -> each.putOff(arrival, job, target, timer, rollsBack))
                .orElseGet(() -> Optional.of(Messages.laterWantsCdi()));
    }

    /** What went on from here threw; what was decided before stands, unless the body ran for all that. */
    void failed(Throwable thrown) {
        if (decided.isEmpty() || decided.get() == RunOutcome.PROCEEDED) {
            decided = Optional.of(RunOutcome.FAILED);
            reason = Messages.bodyFailed(thrown);
        }
    }

    /** @param status by which nothing of its body lasts */
    private RunOutcome outcome(Optional<String> status) {
        return isUndone(status) ? RunOutcome.FAILED : decided.orElseGet(this::ran);
    }

    private boolean isUndone(Optional<String> status) {
        return status.isPresent() && (decided.isEmpty() || decided.get() == RunOutcome.PROCEEDED);
    }

    private synchronized Optional<String> undone() {
        return undone;
    }

    private RunOutcome ran() {
        if (arrival.kind() == Kind.MAKES_UP) {
            return RunOutcome.MADE_UP;
        }
        return effort.waited() ? RunOutcome.WAITED : effort.evicted() > 0 ? RunOutcome.HEALED : RunOutcome.RAN;
    }

    private void tellEnd() {
        Instant now = guard.now();
        Duration whole = Duration.ofNanos(guard.nanos() - start);
        Duration guarded = Duration.ofNanos(bodyStart - start);
        Optional<String> status = undone();
        RunOutcome outcome = outcome(status);
        String why = isUndone(status) ? Messages.undone(status.get()) : reason;
        guard.tell(new RunEnded(now, job, number, whole, guarded, effort.evicted(), outcome, why));
        later.ifPresent(each -> each.over(arrival, outcome));
    }
}
