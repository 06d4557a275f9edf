/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Messages;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolControl;

/**
 * One question to one data source: borrow a connection, look at it, give it back or destroy it; and, for a job in a
 * transaction, bind that to it. It runs on the gate's own thread, where it may take for ever; and where no transaction is,
 * so that nothing it does before the pin is part of the job's. The job reads its {@link #phase} and {@link #outcome} under
 * the gate's lock.
 */
final class Probe implements Errand {
    /** How far it has come; the time bounds differ. */
    enum Phase {
        BORROWING,
        /** Only now may the connection be aborted for its silence. */
        VALIDATING,
        /** Giving back a connection that is fit. */
        RETURNING,
        /** Borrowing inside the job's transaction. */
        PINNING,
        DONE
    }

    /** What it found. */
    sealed interface Outcome {
        /**
         * A connection that is fit for the job; it is back in the pool, or bound to the job's transaction.
         *
         * @param physical which one it is, where the pool tells
         * @param nanos how long the question took, where one was needed
         */
        record Fit(Optional<Connection> physical, long nanos) implements Outcome {}

        /** A connection that is not; it is destroyed, and perhaps its idle siblings with it. */
        record Unfit(String why, boolean siblings) implements Outcome {}

        /** No connection. */
        record None(Throwable failure) implements Outcome {}

        /**
         * There was a fit one, but what the job's transaction got is another one, and unfit: it is destroyed, too late for
         * this transaction.
         */
        record Unpinned(String why, boolean siblings) implements Outcome {}
    }

    /**
     * Where a connection comes from.
     *
     * @param handle its class
     * @param control the pool without the handle, where it can be reached
     */
    record Origin(Pool pool, String handle, Optional<PoolControl> control) {}

    private final DataSource dataSource;
    private final Optional<JobTransaction> transaction;
    private final Optional<Connection> known;
    private final boolean learnsOrigin;
    private final Settings settings;
    private final Gate.Shared shared;

    // Guarded by the lock.
    private Phase phase = Phase.BORROWING;
    private long phaseStart;
    private boolean pinned;
    private boolean abandoned;
    private Optional<Thread> thread = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<Connection> toAbort = Optional.empty();
    private Optional<Duration> silentAfter = Optional.empty();

    // Of the probe's own thread, read by others after DONE.
    private Optional<Origin> origin = Optional.empty();

    /**
     * @param transaction what the validated connection is to be bound to
     * @param known the physical connection that was found fit for this very job a moment ago
     * @param learnsOrigin whether to find out on the way where a fit connection comes from
     */
    Probe(
            DataSource dataSource,
            Optional<JobTransaction> transaction,
            Optional<Connection> known,
            boolean learnsOrigin,
            Settings settings,
            Gate.Shared shared) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.known = known;
        this.learnsOrigin = learnsOrigin;
        this.settings = settings;
        this.shared = shared;
        this.phaseStart = shared.time().nanos();
    }

    @Override
    public void run() {
        shared.lock().lock();
        try {
            thread = Optional.of(Thread.currentThread());
        } finally {
            shared.lock().unlock();
        }
        Outcome found;
        try {
            found = ask();
        } catch (SQLException | RuntimeException | LinkageError e) {
            found = new Outcome.None(e);
        }
        shared.lock().lock();
        try {
            phase = Phase.DONE;
            thread = Optional.empty();
            toAbort = Optional.empty();
            outcome = Optional.of(found);
            shared.changed().signalAll();
        } finally {
            shared.lock().unlock();
        }
    }

    private Outcome ask() throws SQLException {
        Connection connection = dataSource.getConnection();
        Pool lender = shared.pools().of(connection);
        Optional<Connection> physical = lender.physical(connection);
        boolean asks = physical.isEmpty() || !physical.equals(known);
        long start = shared.time().nanos();
        Optional<Fitness.Fault> fault = asks ? validate(lender, connection, physical, false) : Optional.empty();
        Outcome.Fit fit = new Outcome.Fit(physical, shared.time().nanos() - start);
        if (fault.isPresent()) {
            return evict(lender, connection, fault.get());
        }
        if (learnsOrigin) {
            origin = Optional.of(new Origin(lender, connection.getClass().getName(), lender.control(connection)));
        }
        connection.close();
        return enterPinning() ? transaction.get().within(() -> pin(physical, fit)) : fit;
    }

    /**
     * Inside the job's transaction: the first checkout there decides which connection all later ones get (IronJacamar,
     * Agroal). If another than the validated one comes, since somebody without a guard was quicker, it is validated here,
     * where it is too late to exchange it.
     */
    private Outcome pin(Optional<Connection> validated, Outcome.Fit fit) throws SQLException {
        Connection connection = dataSource.getConnection();
        Pool lender = shared.pools().of(connection);
        Optional<Connection> physical = lender.physical(connection);
        if (physical.isEmpty() || !physical.equals(validated)) {
            Optional<Fitness.Fault> fault = validate(lender, connection, physical, true);
            if (fault.isPresent()) {
                Outcome.Unfit unfit = evict(lender, connection, fault.get());
                return new Outcome.Unpinned(unfit.why(), unfit.siblings());
            }
        }
        connection.close();
        return fit;
    }

    private Outcome.Unfit evict(Pool lender, Connection connection, Fitness.Fault fault) {
        try {
            boolean siblings = fault.shared() && lender.evictWithSiblings(connection);
            if (!fault.shared()) {
                lender.evict(connection);
            }
            return new Outcome.Unfit(fault.why(), siblings);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            return new Outcome.Unfit(Messages.evictionFailed(fault.why(), e), false);
        }
    }

    private Optional<Fitness.Fault> validate(
            Pool lender, Connection connection, Optional<Connection> physical, boolean inTransaction) {
        shared.lock().lock();
        try {
            phase = Phase.VALIDATING;
            phaseStart = shared.time().nanos();
            toAbort = physical.isPresent() ? physical : Optional.of(connection);
        } finally {
            shared.lock().unlock();
        }
        Optional<Fitness.Fault> fault = shared.fitness().fault(settings, lender, connection, physical, inTransaction);
        shared.lock().lock();
        try {
            if (silentAfter.isPresent()) {
                // It is being aborted, whatever it may have answered in the last moment.
                return silentAfter.map(after -> new Fitness.Fault(Messages.noAnswer(after), true));
            }
            if (fault.isEmpty()) {
                phase = Phase.RETURNING;
                phaseStart = shared.time().nanos();
                toAbort = Optional.empty();
            }
            return fault;
        } finally {
            shared.lock().unlock();
        }
    }

    /** Whether there is a transaction to pin, and the job still waits for it. */
    private boolean enterPinning() {
        if (transaction.isEmpty() || !transaction.get().isActive()) {
            return false;
        }
        shared.lock().lock();
        try {
            if (!abandoned) {
                pinned = true;
                phase = Phase.PINNING;
                phaseStart = shared.time().nanos();
            }
            return pinned;
        } finally {
            shared.lock().unlock();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // Nothing more can be done for it.
        }
    }

    // What the gate reads and says, under the lock.

    Phase phase() {
        return phase;
    }

    /** When the present phase began. */
    long phaseStart() {
        return phaseStart;
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    /** Whether the job's transaction was entered. */
    boolean pinned() {
        return pinned;
    }

    /** Nobody waits for the answer any more: from now on the job's transaction is left alone, if it was until now. */
    void abandon() {
        abandoned = true;
    }

    /**
     * Whether it waits for the pool and not for the network: a thread that reads from a socket, or connects one, counts as
     * running; one that waits for a pool's lock or semaphore does not.
     */
    boolean waitsForPool() {
        return (phase == Phase.BORROWING || phase == Phase.PINNING)
                && thread.filter(each -> each.getState() != Thread.State.RUNNABLE)
                        .isPresent();
    }

    /** The silent connection, given out once, to be aborted; what then comes of it is put down to its silence. */
    Optional<Connection> takeSilent(Duration after) {
        if (silentAfter.isPresent()) {
            return Optional.empty();
        }
        silentAfter = Optional.of(after);
        return toAbort;
    }

    @Override
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    /** Where the fit connection came from, if that was to be learnt; after DONE. */
    Optional<Origin> origin() {
        return origin;
    }
}
