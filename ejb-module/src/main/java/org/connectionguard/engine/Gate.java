/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.database.Failure;
import org.connectionguard.database.Meaning;
import org.connectionguard.message.Messages;
import org.connectionguard.pool.Pools;

/**
 * The state of one data source, and the queue before it. Jobs pass one at a time: the first in the queue holds the turn,
 * asks through a {@link Probe}, and keeps the turn until it has left; so two jobs never count on the same connection, and a
 * sick database is asked by one thread only. All others wait, but only so many of them while the database is away.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>from</th><th>when</th><th>to</th></tr>
 * <tr><td>HEALTHY, BACK</td><td>a connection is unfit, or a body lost one</td><td>SUSPECT</td></tr>
 * <tr><td>any</td><td>no connection can be had</td><td>DOWN</td></tr>
 * <tr><td>DOWN</td><td>a connection is fit</td><td>BACK</td></tr>
 * <tr><td>SUSPECT, BACK</td><td>a connection is fit</td><td>HEALTHY</td></tr>
 * </table>
 *
 * <p>For any thread.
 */
public final class Gate {
    /** What is known of the data source. */
    public enum State {
        /** The last connection asked was fit. */
        HEALTHY,
        /** The last one was not, or a body lost one; its siblings were swept. */
        SUSPECT,
        /** No connection can be had; one prober asks, with backoff. */
        DOWN,
        /** The first fit one after DOWN. */
        BACK
    }

    /** After so many unfit connections in a row the pool is not getting better by itself: pause. */
    private static final int UNFIT_IN_A_ROW = 64;

    /** What a gate shares with its probes. */
    record Shared(ReentrantLock lock, Condition changed, Time time, Pools pools, Ages ages) {
        static Shared of(Time time, Pools pools) {
            ReentrantLock lock = new ReentrantLock();
            return new Shared(lock, lock.newCondition(), time, pools, new Ages());
        }
    }

    /** A place in the queue. */
    static final class Ticket {}

    private final String name;
    private final DataSource dataSource;
    private final Executor helper;
    private final Executor aborter;
    private final SafeListener listener;
    private final Shared shared;
    private final Time time;
    private final ReentrantLock lock;
    private final Condition changed;

    // Guarded by the lock.
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private State state = State.HEALTHY;
    private Optional<Errand> inFlight = Optional.empty();
    private boolean unknownPoolReported;
    private Optional<Runnable> sweep = Optional.empty();
    private Optional<Verdict.Unavailable> lastFailure = Optional.empty();
    /** Since when the queue has its present head. */
    private long turnStart;

    private long nextAttempt;
    private long downSince;
    private int failures;
    private boolean closed;

    /** When a connection was last found fit, for the bypass; read without the lock. */
    private volatile Optional<Long> fitAt = Optional.empty();

    /**
     * A gate in state HEALTHY.
     *
     * @param helper runs one probe at a time on a thread of its own, and rejects a second
     * @param aborter runs {@code Connection.abort}
     */
    Gate(String name, DataSource dataSource, Executor helper, Executor aborter, Shared shared, SafeListener listener) {
        this.name = name;
        this.dataSource = dataSource;
        this.helper = helper;
        this.aborter = aborter;
        this.shared = shared;
        this.listener = listener;
        this.time = shared.time();
        this.lock = shared.lock();
        this.changed = shared.changed();
    }

    /** The JNDI name. */
    public String name() {
        return name;
    }

    /** The present state. */
    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the turn, and then for a fit connection, within the deadline (plus one validation time-out for what is under
     * way then). A live passage holds the turn until it is closed.
     */
    public Passage enter(Settings settings, Deadline deadline) {
        if (isFresh(settings)) {
            return Passage.bypassed(this);
        }
        Ticket ticket = new Ticket();
        Verdict verdict;
        lock.lock();
        try {
            if (queue.isEmpty()) {
                turnStart = time.nanos();
            }
            queue.add(ticket);
            Optional<Verdict.Unavailable> turnedAway = awaitTurn(ticket, settings, deadline);
            verdict = turnedAway.isPresent() ? turnedAway.get() : lead(settings, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict = unavailable(Verdict.Reason.INTERRUPTED, Messages.interrupted(), Optional.of(e), deadline);
        } finally {
            lock.unlock();
        }
        if (verdict instanceof Verdict.Unavailable unavailable) {
            leave(ticket);
            listener.tell(each -> each.refused(name, unavailable));
        }
        return new Passage(this, verdict, Optional.of(ticket));
    }

    /**
     * Binds the caller's transaction to the validated connection: the first checkout inside a transaction decides which
     * connection all later ones get (IronJacamar, Agroal). If another than the validated one comes, since somebody without a
     * guard was quicker, it is validated here, where it is too late to exchange it.
     *
     * @return empty when the transaction now holds a live connection
     */
    Optional<Verdict.Unavailable> pin(Verdict.Live validated, Settings settings, Deadline deadline) {
        try {
            Connection connection = dataSource.getConnection();
            Optional<Connection> physical = shared.pools().of(connection).physical(connection);
            if (physical.isPresent() && validated.physical().equals(physical)) {
                connection.close();
                return Optional.empty();
            }
            return recheck(connection, settings, deadline);
        } catch (SQLException e) {
            return Optional.of(unavailable(reason(e), Failure.describe(e), Optional.of(e), deadline));
        }
    }

    private Optional<Verdict.Unavailable> recheck(Connection connection, Settings settings, Deadline deadline)
            throws SQLException {
        Probe probe = new Probe(dataSource, Optional.of(connection), false, settings, shared);
        Optional<Probe.Outcome> outcome;
        lock.lock();
        try {
            outcome = ask(probe, settings, hardEnd(settings, deadline));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = Optional.empty();
        } finally {
            lock.unlock();
        }
        if (outcome.isPresent() && outcome.get() instanceof Probe.Outcome.Fit) {
            connection.close();
            return Optional.empty();
        }
        String why = outcome.isPresent() && outcome.get() instanceof Probe.Outcome.Unfit unfit
                ? unfit.why()
                : Messages.noAnswer(settings.validationTimeout());
        listener.tell(each -> each.evicted(name, why, true));
        return Optional.of(
                unavailable(Verdict.Reason.UNFIT, Messages.deadInTransaction(why), Optional.empty(), deadline));
    }

    /** A body lost a connection that was validated: sweeps its idle siblings before the next job, within one time-out. */
    void lost(Settings settings) {
        lock.lock();
        try {
            fitAt = Optional.empty();
            if (state != State.DOWN) {
                state = State.SUSPECT;
            }
            if (sweep.isPresent() && !isBusy()) {
                Errand.Sweep errand = new Errand.Sweep(sweep.get(), shared);
                inFlight = Optional.of(errand);
                helper.execute(errand);
                long end = time.nanos() + settings.validationTimeout().toNanos();
                while (!errand.isDone() && end - time.nanos() > 0) {
                    time.await(changed, end - time.nanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        listener.tell(each -> each.sweptAfterLoss(name));
    }

    /** Ends every wait at once; no job passes any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave(Ticket ticket) {
        lock.lock();
        try {
            queue.remove(ticket);
            turnStart = time.nanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh(Settings settings) {
        return fitAt.filter(nanos ->
                        time.nanos() - nanos < settings.skipIfValidatedWithin().toNanos())
                .isPresent();
    }

    private Optional<Verdict.Unavailable> awaitTurn(Ticket ticket, Settings settings, Deadline deadline)
            throws InterruptedException {
        while (queue.peek() != ticket) {
            if (closed) {
                return Optional.of(stopped(deadline));
            }
            if (isCrowded(ticket, settings)) {
                return Optional.of(unavailable(
                        Verdict.Reason.CROWDED,
                        Messages.crowded(
                                settings.maxWaitingJobs(),
                                lastFailure.map(Verdict.Unavailable::message).orElse("")),
                        lastFailure.flatMap(Verdict.Unavailable::cause),
                        deadline));
            }
            if (deadline.remaining(time) <= 0) {
                return Optional.of(timedOut(deadline));
            }
            time.await(
                    changed,
                    Math.min(deadline.remaining(time), settings.initialBackoff().toNanos()));
        }
        return Optional.empty();
    }

    /**
     * Too far back in a queue that does not move. A queue before a healthy database may be long: each turn takes a round
     * trip; only a turn that outlasts the validation time-out says that something is wrong.
     */
    private boolean isCrowded(Ticket ticket, Settings settings) {
        boolean moves = state != State.DOWN
                && time.nanos() - turnStart <= settings.validationTimeout().toNanos();
        return !moves && queue.stream().limit(settings.maxWaitingJobs()).noneMatch(ticket::equals);
    }

    /** What the job at the head of the queue does. */
    private Verdict lead(Settings settings, Deadline deadline) throws InterruptedException {
        int unfit = 0;
        while (!closed) {
            long now = time.nanos();
            if (isBusy() || pausing(now)) {
                if (lastFailure
                        .filter(failure -> failure.reason() == Verdict.Reason.REFUSED)
                        .isPresent()) {
                    return again(lastFailure.get(), deadline);
                }
                if (deadline.end() - now <= 0) {
                    return timedOut(deadline);
                }
                long pause = isBusy() ? deadline.end() : earlier(nextAttempt, deadline.end());
                time.await(changed, pause - now);
                continue;
            }
            if (unfit > 0 && hardEnd(settings, deadline) - now <= 0) {
                return timedOut(deadline);
            }
            Probe probe = new Probe(dataSource, Optional.empty(), sweep.isEmpty(), settings, shared);
            Optional<Probe.Outcome> outcome = ask(probe, settings, hardEnd(settings, deadline));
            if (outcome.isEmpty()) {
                failed(Verdict.Reason.SILENT, Messages.noAnswer(deadline.waited(time)), Optional.empty(), settings);
                return timedOut(deadline);
            }
            if (outcome.get() instanceof Probe.Outcome.Fit fit) {
                return fit(probe, fit);
            }
            if (outcome.get() instanceof Probe.Outcome.None none) {
                Verdict.Reason reason = reason(none.failure());
                failed(reason, Failure.describe(none.failure()), Optional.of(none.failure()), settings);
                if (reason == Verdict.Reason.REFUSED) {
                    return again(lastFailure.orElseThrow(), deadline);
                }
            }
            if (outcome.get() instanceof Probe.Outcome.Unfit found) {
                unfit++;
                evicted(found);
                // With its siblings gone, what comes next is new: if that is unfit too, the server is the reason.
                if (unfit >= (found.siblings() ? 3 : UNFIT_IN_A_ROW)) {
                    unfit = 0;
                    failed(Verdict.Reason.UNFIT, found.why(), Optional.empty(), settings);
                }
            }
        }
        return stopped(deadline);
    }

    /** Runs the probe on the helper's thread; empty when it did not come back until the end. */
    private Optional<Probe.Outcome> ask(Probe probe, Settings settings, long end) throws InterruptedException {
        inFlight = Optional.of(probe);
        helper.execute(probe);
        while (!probe.isDone()) {
            long now = time.nanos();
            if (end - now <= 0) {
                tell(each -> each.stuck(name, probe.phase().toString()));
                return Optional.empty();
            }
            long bound = end;
            if (probe.phase() == Probe.Phase.VALIDATING) {
                long silentAt =
                        probe.phaseStart() + settings.validationTimeout().toNanos();
                if (silentAt - now <= 0) {
                    probe.takeSilent(settings.validationTimeout()).ifPresent(this::abort);
                } else {
                    bound = earlier(bound, silentAt);
                }
            }
            time.await(changed, bound - now);
        }
        return probe.outcome();
    }

    /** On a thread of its own: JDBC says that abort does not block, and we trust no driver. */
    private void abort(Connection silent) {
        aborter.execute(() -> {
            try {
                silent.abort(Runnable::run);
            } catch (SQLException | RuntimeException e) {
                // Then it stays silent, and its probe is reported as stuck.
            }
        });
    }

    private Verdict fit(Probe probe, Probe.Outcome.Fit fit) {
        boolean wasDown = state == State.DOWN;
        Duration outage = Duration.ofNanos(time.nanos() - downSince);
        int attempts = failures;
        state = wasDown ? State.BACK : State.HEALTHY;
        failures = 0;
        lastFailure = Optional.empty();
        fitAt = Optional.of(time.nanos());
        if (sweep.isEmpty()) {
            sweep = probe.sweep();
        }
        if (!unknownPoolReported && probe.pool().filter(shared.pools()::isKnown).isEmpty()) {
            unknownPoolReported = true;
            String handle =
                    probe.handle().map(each -> each.getClass().getName()).orElse("");
            tell(each -> each.unknownPool(name, handle));
        }
        if (wasDown) {
            tell(each -> each.back(name, outage, attempts));
        }
        tell(each -> each.validated(name, fit.nanos()));
        return new Verdict.Live(fit.physical());
    }

    private void evicted(Probe.Outcome.Unfit found) {
        fitAt = Optional.empty();
        if (state != State.DOWN) {
            state = State.SUSPECT;
        }
        tell(each -> each.evicted(name, found.why(), found.siblings()));
    }

    private void failed(Verdict.Reason reason, String detail, Optional<Throwable> cause, Settings settings) {
        failures++;
        fitAt = Optional.empty();
        nextAttempt = time.nanos() + Backoff.nanos(failures, settings, time.random());
        Verdict.Unavailable failure = new Verdict.Unavailable(reason, detail, cause);
        lastFailure = Optional.of(failure);
        if (state != State.DOWN) {
            state = State.DOWN;
            downSince = time.nanos();
            tell(each -> each.down(name, failure));
        }
    }

    private Verdict.Reason reason(Throwable failure) {
        if (shared.pools().isExhausted(failure)) {
            return Verdict.Reason.EXHAUSTED;
        }
        Meaning meaning = Failure.meaning(failure);
        return switch (meaning) {
            case PERMANENT -> Verdict.Reason.REFUSED;
            case EXHAUSTED -> Verdict.Reason.EXHAUSTED;
            case TRANSIENT, UNKNOWN -> Verdict.Reason.DOWN;
        };
    }

    private boolean isBusy() {
        return inFlight.isPresent() && !inFlight.get().isDone();
    }

    private boolean pausing(long now) {
        return lastFailure.isPresent() && nextAttempt - now > 0;
    }

    private static long hardEnd(Settings settings, Deadline deadline) {
        return deadline.end() + settings.validationTimeout().toNanos();
    }

    /** Of two moments of a clock that may wrap around. */
    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private Verdict.Unavailable timedOut(Deadline deadline) {
        return again(
                lastFailure.orElseGet(
                        () -> new Verdict.Unavailable(Verdict.Reason.SILENT, Messages.noTurn(), Optional.empty())),
                deadline);
    }

    private Verdict.Unavailable stopped(Deadline deadline) {
        return unavailable(Verdict.Reason.STOPPED, Messages.stopped(), Optional.empty(), deadline);
    }

    private Verdict.Unavailable again(Verdict.Unavailable failure, Deadline deadline) {
        return unavailable(failure.reason(), failure.message(), failure.cause(), deadline);
    }

    private Verdict.Unavailable unavailable(
            Verdict.Reason reason, String detail, Optional<Throwable> cause, Deadline deadline) {
        String message = Messages.unavailable(name, reason.toString(), detail, deadline.waited(time), failures);
        return new Verdict.Unavailable(reason, message, cause);
    }

    /** Tells the listeners without the lock; the turn, which the caller holds, keeps others out meanwhile. */
    private void tell(Consumer<GuardListener> event) {
        lock.unlock();
        try {
            listener.tell(event);
        } finally {
            lock.lock();
        }
    }
}
