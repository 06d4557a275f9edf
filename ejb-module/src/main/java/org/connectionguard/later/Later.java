/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import jakarta.ejb.Timer;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.connectionguard.GuardEvent.DeferralEnded.End;
import org.connectionguard.RunOutcome;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Time;
import org.connectionguard.later.Arrival.Kind;
import org.connectionguard.message.Messages;
import org.connectionguard.server.BusinessCall;
import org.connectionguard.server.ExpiredTimer;
import org.connectionguard.server.Invocation;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.Repeat;
import org.connectionguard.server.StandIn;
import org.connectionguard.server.TimerPromise;

/**
 * Puts runs of one deployment off, and has them made up ({@code OnUnavailable.LATER}). What recurs by itself is kept here, in
 * memory; of a timer that expires once the server keeps another one in its place. For any thread.
 */
public final class Later implements AutoCloseable {
    /** What has no next expiration, and no setting, is too late after a day. */
    private static final Duration DAY = Duration.ofDays(1);

    /** So long after its call the server calls what it keeps, should the guard not have renewed it: it may be gone. */
    private static final Duration REMINDER = Duration.ofSeconds(30);

    /** A container that repeats a call has done so by then: Open Liberty does it after five minutes. */
    private static final Duration REPEATS_WITHIN = Duration.ofMinutes(10);

    /** Timers and clocks may differ by so much. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    private final Guard guard;
    private final JtaTransaction.Server transactions;
    private final Optional<Duration> expiresAfter;
    private final Function<String, Optional<BusinessCall>> views;
    private final Duration reminder;
    private final Deferrals deferrals;
    private final MakingUp makingUp;

    /** Of a thread that calls a job by its bean's view: the timer whose call that is. */
    private final ThreadLocal<Optional<Timer>> madeUpFor = ThreadLocal.withInitial(Optional::empty);

    /**
     * Nothing is put off yet.
     *
     * @param deployment its name
     * @param expiresAfter how long after the first expiration that was missed it is too late
     * @param atOnce how many runs are made up at once
     * @param views how the clients of its bean call a job, by its name, where that can be told
     */
    public Later(
            Guard guard,
            JtaTransaction.Server transactions,
            String deployment,
            Optional<Duration> expiresAfter,
            int atOnce,
            Function<String, Optional<BusinessCall>> views) {
        this(guard, transactions, deployment, expiresAfter, atOnce, views, REMINDER);
    }

    /** @param reminder so long after its call the server calls what it keeps */
    Later(
            Guard guard,
            JtaTransaction.Server transactions,
            String deployment,
            Optional<Duration> expiresAfter,
            int atOnce,
            Function<String, Optional<BusinessCall>> views,
            Duration reminder) {
        this.guard = guard;
        this.transactions = transactions;
        this.expiresAfter = expiresAfter;
        this.views = views;
        this.reminder = reminder;
        // A scout looks around often enough to renew it in time.
        this.deferrals = new Deferrals(Time.SYSTEM, atOnce, reminder.dividedBy(2));
        this.makingUp = new MakingUp(guard, deferrals, reminder.dividedBy(3), deployment);
    }

    /**
     * The timer that a call is of, whichever way it came; null where it is no timer's. To be asked once for each call: only the
     * first one on a thread is what it was made for.
     */
    public Object timerOf(InvocationContext invocation) {
        Optional<Timer> madeUp = madeUpFor.get();
        madeUpFor.remove();
        return invocation.getTimer() == null ? madeUp.orElse(null) : invocation.getTimer();
    }

    /**
     * A timer calls. To be followed by {@link #over} with the same arrival.
     *
     * @param timer of the call; null where it is no timer's
     */
    public Arrival arrive(Object timer) {
        return timer == null ? Arrival.ofNothing() : deferrals.arrive(timer);
    }

    /**
     * Whether a call is only there lest a run be forgotten, should the guard be gone: it has been put off again, without a word,
     * and is to return. No more than that, for its run is looked after.
     *
     * @param timer of the call; null where it is no timer's
     */
    public boolean isReminder(Object timer) {
        return timer != null
                && deferrals.reminded(timer).filter(this::isRenewed).isPresent();
    }

    private boolean isRenewed(Kept kept) {
        try {
            makingUp.renewed(kept, StandIn.of((Timer) kept.repeat().timer(), transactions, reminder));
            makingUp.lookAfterAll();
            return true;
        } catch (RuntimeException e) {
            // Then this call is the run.
            deferrals.renewed(kept, kept.repeat());
            return false;
        }
    }

    /**
     * The call is to return without its body, which is made up later.
     *
     * @param timer of the call; null where it is no timer's
     * @param rollsBack whether the container takes the call for failed, whatever it returns, and may repeat it
     * @return why that is not possible; then the call is to fail
     */
    public Optional<String> putOff(Arrival arrival, String job, Target target, Object timer, boolean rollsBack) {
        if (arrival.kind() == Kind.NEEDLESS) {
            return Optional.empty();
        }
        Optional<Timer> known =
                Optional.ofNullable(timer).filter(Timer.class::isInstance).map(Timer.class::cast);
        if (known.isEmpty()) {
            return Optional.of(Messages.noTimersCall());
        }
        if (!makingUp.takes(transactions.kind())) {
            return Optional.of(Messages.noManagedThreads());
        }
        try {
            return repeat(arrival, job, known.get())
                    .map(repeat -> keep(
                            arrival,
                            repeat,
                            deferral(job, target, known.get(), repeat),
                            rollsBack ? repeatsWithin(known.get(), repeat) : Duration.ZERO))
                    .orElseGet(() -> Optional.of(Messages.timersCannotBeCalled()));
        } catch (RuntimeException e) {
            // Also one that was cancelled within its call, and says nothing any more.
            return Optional.of(Messages.noStandIn(e));
        }
    }

    private Optional<Repeat> repeat(Arrival arrival, String job, Timer timer) {
        Optional<Repeat> earlier =
                arrival.kept().map(Kept::repeat).filter(repeat -> isByView(repeat) && repeat.timer() == timer);
        if (earlier.isPresent()) {
            // A timer that has expired for good would say nothing of itself any more.
            return earlier.map(Invocation.class::cast).map(Invocation::again);
        }
        if (transactions.kind().callsTimers() && StandIn.isFor(timer)) {
            return Optional.of(StandIn.of(timer, transactions, reminder));
        }
        return Invocation.of(timer)
                .or(() -> views.apply(job).map(view -> byView(view, timer)))
                .map(Repeat.class::cast);
    }

    private boolean isByView(Repeat repeat) {
        return repeat instanceof Invocation && !transactions.kind().callsTimers();
    }

    private Invocation byView(BusinessCall view, Timer timer) {
        if (comesAgain(timer)) {
            return Invocation.by(called -> call(view, called, called), timer);
        }
        Timer expired = ExpiredTimer.of(timer);
        return Invocation.once(called -> call(view, called, expired), timer);
    }

    /** Of one that expires once Open Liberty gives, as its next time, the one that was. */
    private boolean comesAgain(Timer timer) {
        return TimerPromise.of(timer)
                .next()
                .filter(next -> timer.isCalendarTimer() || next.isAfter(guard.now()))
                .isPresent();
    }

    /** @param shown what the method is given */
    private void call(BusinessCall view, Timer timer, Timer shown) throws Exception {
        madeUpFor.set(Optional.of(timer));
        try {
            view.call(shown);
        } finally {
            madeUpFor.remove();
        }
    }

    private Deferral deferral(String job, Target target, Timer timer, Repeat repeat) {
        Instant now = guard.now();
        Optional<Instant> next = next(timer, repeat);
        Instant expires = expiresAfter.map(now::plus).orElseGet(() -> next.isPresent() ? Instant.MAX : now.plus(DAY));
        // Another server of the cluster may have the next one.
        return new Deferral(job, target, now, 1, expires, next.filter(each -> timer.isPersistent()));
    }

    private static Optional<Instant> next(Timer timer, Repeat repeat) {
        return repeat.recurs() ? TimerPromise.of(timer).next() : Optional.empty();
    }

    /** How long a call of the timer would be a repeated one: from its next expiration on it may be that. */
    private Duration repeatsWithin(Timer timer, Repeat repeat) {
        return next(timer, repeat)
                .map(next -> Duration.between(guard.now(), next).minus(TOLERANCE))
                .filter(left -> left.compareTo(REPEATS_WITHIN) < 0)
                .orElse(REPEATS_WITHIN);
    }

    private Optional<String> keep(Arrival arrival, Repeat repeat, Deferral deferral, Duration repeatsWithin) {
        if (deferrals.putOff(arrival, repeat, deferral, repeatsWithin)) {
            // Where the container has called again, another one was in its place already.
            arrival.kept().ifPresent(earlier -> makingUp.cancel(deferral.job(), earlier.repeat()));
            return Optional.empty();
        }
        if (makingUp.staysWithServer(repeat)) {
            makingUp.tell(new Deferrals.Ended(new Kept(deferral, repeat), End.KEPT_BY_SERVER));
            return Optional.empty();
        }
        makingUp.cancel(deferral.job(), repeat);
        return Optional.of(Messages.noMoreIsKept(Deferrals.MOST));
    }

    /** The call is over. */
    public void over(Arrival arrival, RunOutcome outcome) {
        deferrals.over(arrival, outcome).ifPresent(makingUp::drop);
        if (outcome == RunOutcome.DEFERRED || arrival.kind() != Kind.FRESH) {
            makingUp.lookAfterAll();
        }
    }

    /** Since when a run of the job is put off; empty: none is. */
    public Optional<Instant> since(String job) {
        return deferrals.kept().stream()
                .filter(deferral -> deferral.job().equals(job))
                .map(Deferral::since)
                .min(Instant::compareTo);
    }

    /** Nothing is made up any more; what was put off is told by name. */
    @Override
    public void close() {
        deferrals.close().forEach(kept -> {
            End end = makingUp.staysWithServer(kept.repeat()) ? End.KEPT_BY_SERVER : End.STOPPED;
            makingUp.tell(new Deferrals.Ended(kept, end));
        });
        makingUp.close();
    }
}
