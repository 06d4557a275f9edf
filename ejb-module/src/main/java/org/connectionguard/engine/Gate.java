/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
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
 * The queue before one data source. Jobs pass one at a time: the first in the queue holds the turn, asks through the
 * {@link Prober}, and keeps the turn until it has left; so two jobs never count on the same connection, and a sick database is
 * asked by one thread only. All others wait, but only so many of them while the database is away.
 *
 * <p>For any thread.
 */
public final class Gate {
    /** Connections made after a sweep are new: when they are unfit too, the server is the reason. */
    private static final int UNFIT_AFTER_A_SWEEP = 3;

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
    private final SafeListener listener;
    private final Shared shared;
    private final Time time;
    private final ReentrantLock lock;
    private final Condition changed;

    // Guarded by the lock.
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private final Prober prober;
    private final Health health;
    private Optional<Runnable> sweep = Optional.empty();
    private boolean unknownPoolReported;
    private boolean closed;

    /** Since when the queue has its present head. */
    private long turnStart;

    /**
     * A gate that knows nothing yet.
     *
     * @param helper runs errands, one after another, on a thread of its own
     * @param aborter runs {@code Connection.abort}
     */
    Gate(String name, DataSource dataSource, Executor helper, Executor aborter, Shared shared, SafeListener listener) {
        this.name = name;
        this.dataSource = dataSource;
        this.listener = listener;
        this.shared = shared;
        this.time = shared.time();
        this.lock = shared.lock();
        this.changed = shared.changed();
        this.prober = new Prober(helper, aborter, shared);
        this.health = new Health(time);
    }

    /** The JNDI name. */
    public String name() {
        return name;
    }

    /** The present state. */
    Health.State state() {
        lock.lock();
        try {
            return health.state();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the turn, and then for a fit connection, within the deadline (plus one validation time-out for what is under
     * way then). A live passage holds the turn until it is closed.
     */
    public Passage enter(Settings settings, Deadline deadline) {
        if (health.isFresh(settings.skipIfValidatedWithin())) {
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
            outcome = prober.ask(probe, settings, hardEnd(settings, deadline));
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
        boolean sweeps = false;
        lock.lock();
        try {
            health.suspect();
            sweeps = sweep.isPresent() && !prober.isBusy();
            if (sweeps) {
                prober.sweep(sweep.get(), settings.validationTimeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        if (sweeps) {
            listener.tell(each -> each.sweptAfterLoss(name));
        }
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
                                health.lastFailure()
                                        .map(Verdict.Unavailable::message)
                                        .orElse("")),
                        health.lastFailure().flatMap(Verdict.Unavailable::cause),
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
        boolean moves = !health.isDown()
                && time.nanos() - turnStart <= settings.validationTimeout().toNanos();
        return !moves && queue.stream().limit(settings.maxWaitingJobs()).noneMatch(ticket::equals);
    }

    /** What the job at the head of the queue does. */
    private Verdict lead(Settings settings, Deadline deadline) throws InterruptedException {
        long hardEnd = hardEnd(settings, deadline);
        int unfit = 0;
        while (!closed) {
            if (prober.isBusy() || health.isPausing()) {
                Optional<Verdict> verdict = pause(deadline);
                if (verdict.isPresent()) {
                    return verdict.get();
                }
                continue;
            }
            if (unfit > 0 && hardEnd - time.nanos() <= 0) {
                return timedOut(deadline);
            }
            Probe probe = new Probe(dataSource, Optional.empty(), sweep.isEmpty(), settings, shared);
            Optional<Probe.Outcome> outcome = prober.ask(probe, settings, hardEnd);
            if (outcome.isEmpty()) {
                String phase = probe.phase().toString();
                tell(each -> each.stuck(name, phase));
                failed(Verdict.Reason.SILENT, Messages.noAnswer(deadline.waited(time)), Optional.empty(), settings);
                return timedOut(deadline);
            }
            if (outcome.get() instanceof Probe.Outcome.Fit fit) {
                return fit(probe, fit);
            }
            if (outcome.get() instanceof Probe.Outcome.None none) {
                Throwable thrown = none.failure();
                failed(reason(thrown), Failure.describe(thrown), Optional.of(thrown), settings);
            }
            if (outcome.get() instanceof Probe.Outcome.Unfit found) {
                unfit++;
                health.suspect();
                tell(each -> each.evicted(name, found.why(), found.siblings()));
                if (unfit >= (found.siblings() ? UNFIT_AFTER_A_SWEEP : UNFIT_IN_A_ROW)) {
                    unfit = 0;
                    failed(Verdict.Reason.UNFIT, found.why(), Optional.empty(), settings);
                }
            }
        }
        return stopped(deadline);
    }

    /** Leaves the database alone for a while. A verdict, where it is no use, or the time is over. */
    private Optional<Verdict> pause(Deadline deadline) throws InterruptedException {
        Optional<Verdict.Unavailable> refused =
                health.lastFailure().filter(failure -> failure.reason() == Verdict.Reason.REFUSED);
        if (refused.isPresent()) {
            return Optional.of(again(refused.get(), deadline));
        }
        if (deadline.remaining(time) <= 0) {
            return Optional.of(timedOut(deadline));
        }
        long until = prober.isBusy() ? deadline.end() : Deadline.earlier(health.nextAttempt(), deadline.end());
        time.await(changed, until - time.nanos());
        return Optional.empty();
    }

    private Verdict fit(Probe probe, Probe.Outcome.Fit fit) {
        Optional<Health.Outage> over = health.fit();
        if (sweep.isEmpty()) {
            sweep = probe.sweep();
        }
        if (!unknownPoolReported && probe.pool().filter(shared.pools()::isKnown).isEmpty()) {
            unknownPoolReported = true;
            String handle =
                    probe.handle().map(each -> each.getClass().getName()).orElse("");
            tell(each -> each.unknownPool(name, handle));
        }
        over.ifPresent(outage -> tell(each -> each.back(name, outage.duration(), outage.failures())));
        tell(each -> each.validated(name, fit.nanos()));
        return new Verdict.Live(fit.physical());
    }

    private void failed(Verdict.Reason reason, String detail, Optional<Throwable> cause, Settings settings) {
        Verdict.Unavailable failure = new Verdict.Unavailable(reason, detail, cause);
        if (health.failed(failure, settings)) {
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

    private static long hardEnd(Settings settings, Deadline deadline) {
        return deadline.end() + settings.validationTimeout().toNanos();
    }

    private Verdict.Unavailable timedOut(Deadline deadline) {
        return again(
                health.lastFailure()
                        .orElseGet(() ->
                                new Verdict.Unavailable(Verdict.Reason.SILENT, Messages.noTurn(), Optional.empty())),
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
        String message =
                Messages.unavailable(name, reason.toString(), detail, deadline.waited(time), health.failures());
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
