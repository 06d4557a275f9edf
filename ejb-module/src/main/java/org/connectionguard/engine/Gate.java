/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.pool.PoolControl;
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
    record Shared(ReentrantLock lock, Condition changed, Time time, Pools pools, Fitness fitness) {
        static Shared of(Time time, Pools pools) {
            ReentrantLock lock = new ReentrantLock();
            return new Shared(lock, lock.newCondition(), time, pools, new Fitness(new Ages(), new Questions(), time));
        }
    }

    /** A place in the queue. Called under the gate's lock. */
    private static final class Ticket {
        private Optional<Condition> turn = Optional.empty();

        /** Waits, at most so long; on a condition of its own, so that nobody is woken for somebody else. */
        void await(ReentrantLock lock, Time time, long nanos) throws InterruptedException {
            if (turn.isEmpty()) {
                turn = Optional.of(lock.newCondition());
            }
            time.await(turn.get(), nanos);
        }

        void wake() {
            turn.ifPresent(Condition::signal);
        }
    }

    private final String name;
    private final DataSource dataSource;
    private final SafeListener listener;
    private final BooleanSupplier stopped;
    private final Shared shared;
    private final Time time;
    private final ReentrantLock lock;
    private final Condition changed;

    // Guarded by the lock.
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private final Prober prober;
    private final Health health;
    private final Refusals refusals;
    private Optional<PoolControl> control = Optional.empty();
    private boolean poolLearnt;

    /** Since when the queue has its present head. */
    private long turnStart;

    /**
     * A gate that knows nothing yet.
     *
     * @param helper runs errands, one after another, on a thread of its own
     * @param aborter runs {@code Connection.abort}
     * @param stopped whether no job is to wait any more; {@link #wake} when that has changed
     */
    Gate(
            String name,
            DataSource dataSource,
            Executor helper,
            Executor aborter,
            BooleanSupplier stopped,
            Shared shared,
            SafeListener listener) {
        this.name = name;
        this.stopped = stopped;
        this.dataSource = dataSource;
        this.listener = listener;
        this.shared = shared;
        this.time = shared.time();
        this.lock = shared.lock();
        this.changed = shared.changed();
        this.prober = new Prober(helper, aborter, shared);
        this.health = new Health(time);
        this.refusals = new Refusals(name, health, shared.pools(), time);
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
     * way then). The turn lasts until the connection is settled: bound to the transaction, or back in the pool.
     *
     * @param transaction what the connection is to be bound to; empty: it only has to be there
     * @param known what this job was given before as {@link Verdict.Live#physical}: it is not asked a second time
     */
    public Verdict admit(
            Settings settings, Deadline deadline, Optional<JobTransaction> transaction, Optional<Connection> known) {
        if (health.isFresh(settings.skipIfValidatedWithin())) {
            return new Verdict.Live(Optional.empty());
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
            verdict = turnedAway.isPresent() ? turnedAway.get() : lead(settings, deadline, transaction, known);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict = refusals.interrupted(e, false, deadline);
        } finally {
            leave(ticket);
            lock.unlock();
        }
        if (verdict instanceof Verdict.Unavailable unavailable) {
            listener.tell(each -> each.refused(name, unavailable));
        }
        return verdict;
    }

    /** A body lost a connection that was validated: sweeps its idle siblings before the next job, within one time-out. */
    void lost(Settings settings) {
        boolean sweeps = false;
        lock.lock();
        try {
            health.suspect();
            sweeps = control.isPresent() && !prober.isBusy();
            if (sweeps) {
                prober.sweep(control.get(), settings.validationTimeout());
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

    /** Lets every waiting job look at {@code stopped}. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
            queue.forEach(Ticket::wake);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Ticket ticket) {
        if (queue.peek() == ticket) {
            turnStart = time.nanos();
        }
        queue.remove(ticket);
        if (!queue.isEmpty()) {
            queue.peek().wake();
        }
    }

    private Optional<Verdict.Unavailable> awaitTurn(Ticket ticket, Settings settings, Deadline deadline)
            throws InterruptedException {
        while (queue.peek() != ticket) {
            if (!moves(settings)) {
                if (stopped.getAsBoolean()) {
                    return Optional.of(refusals.stopped(false, deadline));
                }
                if (queue.stream().limit(settings.maxWaitingJobs()).noneMatch(ticket::equals)) {
                    return Optional.of(refusals.crowded(settings, deadline));
                }
            }
            if (deadline.remaining(time) <= 0) {
                return Optional.of(refusals.timedOut(deadline));
            }
            ticket.await(
                    lock,
                    time,
                    Math.min(deadline.remaining(time), settings.initialBackoff().toNanos()));
        }
        return Optional.empty();
    }

    /**
     * A queue before a healthy database may be long: each turn takes a round trip. Only a turn that outlasts the validation
     * time-out says that something is wrong.
     */
    private boolean moves(Settings settings) {
        return !health.isDown()
                && time.nanos() - turnStart <= settings.validationTimeout().toNanos();
    }

    /** What the job at the head of the queue does. */
    private Verdict lead(
            Settings settings, Deadline deadline, Optional<JobTransaction> transaction, Optional<Connection> known)
            throws InterruptedException {
        long hardEnd = deadline.end() + settings.validationTimeout().toNanos();
        boolean asked = false;
        while (true) {
            if (prober.isBusy() || health.isPausing()) {
                Optional<Verdict> verdict = pause(deadline);
                if (verdict.isPresent()) {
                    return verdict.get();
                }
                continue;
            }
            if (asked && hardEnd - time.nanos() <= 0) {
                return refusals.timedOut(deadline);
            }
            asked = true;
            Probe probe = new Probe(dataSource, transaction, known, !poolLearnt, settings, shared);
            Optional<Probe.Outcome> outcome;
            try {
                outcome = prober.ask(probe, settings, hardEnd, stopped);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return refusals.interrupted(e, probe.pinned(), deadline);
            }
            if (outcome.isEmpty()) {
                return stuck(probe, settings, deadline);
            }
            if (outcome.get() instanceof Probe.Outcome.Fit fit) {
                return fit(probe, fit, known);
            }
            if (outcome.get() instanceof Probe.Outcome.Unpinned found) {
                health.suspect();
                tell(each -> each.evicted(name, found.why(), found.siblings()));
                return refusals.deadInTransaction(found.why(), deadline);
            }
            if (outcome.get() instanceof Probe.Outcome.None none) {
                Verdict.Unavailable failure = refusals.failure(none.failure());
                failed(failure, settings);
                if (probe.pinned()) {
                    return refusals.told(failure, true, deadline);
                }
            }
            if (outcome.get() instanceof Probe.Outcome.Unfit found) {
                int inARow = health.unfit();
                tell(each -> each.evicted(name, found.why(), found.siblings()));
                if (inARow >= (found.siblings() ? UNFIT_AFTER_A_SWEEP : UNFIT_IN_A_ROW)) {
                    failed(refusals.unfit(found.why()), settings);
                }
            }
        }
    }

    /** The probe has not come back in time: the job goes, and leaves the gate's thread to it. */
    private Verdict stuck(Probe probe, Settings settings, Deadline deadline) {
        boolean doomed = probe.pinned();
        if (stopped.getAsBoolean()) {
            return refusals.stopped(doomed, deadline);
        }
        boolean fromPool = probe.waitsForPool();
        String phase = probe.phase().toString();
        Verdict.Unavailable failure = refusals.noAnswer(fromPool, deadline.waited(time));
        failed(failure, settings);
        if (!fromPool) {
            tell(each -> each.stuck(name, phase));
        }
        return refusals.told(failure, doomed, deadline);
    }

    /** Leaves the database alone for a while. A verdict, where it is no use, or the time is over. */
    private Optional<Verdict> pause(Deadline deadline) throws InterruptedException {
        Optional<Verdict.Unavailable> refused =
                health.lastFailure().filter(failure -> failure.reason() == Verdict.Reason.REFUSED);
        if (refused.isPresent()) {
            return Optional.of(refusals.told(refused.get(), false, deadline));
        }
        if (stopped.getAsBoolean()) {
            return Optional.of(refusals.stopped(false, deadline));
        }
        if (deadline.remaining(time) <= 0) {
            return Optional.of(refusals.timedOut(deadline));
        }
        long until = prober.isBusy() ? deadline.end() : Deadline.earlier(health.nextAttempt(), deadline.end());
        time.await(changed, until - time.nanos());
        return Optional.empty();
    }

    private Verdict fit(Probe probe, Probe.Outcome.Fit fit, Optional<Connection> known) {
        Optional<Health.Outage> over = health.fit();
        if (!poolLearnt) {
            learn(probe.origin().orElseThrow());
        }
        if (over.isPresent()) {
            Health.Outage outage = over.get();
            tell(each -> each.back(name, outage.duration(), outage.failures()));
        }
        if (known.isEmpty() || !known.equals(fit.physical())) {
            tell(each -> each.validated(name, fit.nanos()));
        }
        return new Verdict.Live(fit.physical());
    }

    private void learn(Probe.Origin origin) {
        poolLearnt = true;
        control = origin.control();
        if (!shared.pools().isKnown(origin.pool())) {
            tell(each -> each.unknownPool(name, origin.handle()));
        }
    }

    private void failed(Verdict.Unavailable failure, Settings settings) {
        if (health.failed(failure, settings)) {
            // From now on only so many may wait.
            queue.forEach(Ticket::wake);
            tell(each -> each.down(name, failure));
        }
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
