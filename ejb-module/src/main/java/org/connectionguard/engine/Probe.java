/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Failure;
import org.connectionguard.message.Messages;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.Pools;

/**
 * One question to one data source: borrow a connection, look at it, give it back or destroy it. It runs on the gate's own
 * thread, where it may take for ever; and where no transaction is, so that nothing it does is part of the job's. The job
 * reads its {@link #phase} and {@link #outcome} under the gate's lock.
 */
final class Probe implements Errand {
    /** How far it has come; the time bounds differ. */
    enum Phase {
        BORROWING,
        VALIDATING,
        DONE
    }

    /** What it found. */
    sealed interface Outcome {
        /** A connection that is fit for the job; it is back in the pool. */
        record Fit(Optional<Connection> physical, long nanos) implements Outcome {}

        /** A connection that is not; it is destroyed, and perhaps its idle siblings with it. */
        record Unfit(String why, boolean siblings) implements Outcome {}

        /** No connection. */
        record None(Throwable failure) implements Outcome {}
    }

    /**
     * What is wrong with a connection.
     *
     * @param shared whether its idle siblings will have it too
     */
    private record Fault(String why, boolean shared) {}

    private final DataSource dataSource;
    private final Optional<Connection> given;
    private final boolean learnSweep;
    private final Settings settings;
    private final Pools pools;
    private final Ages ages;
    private final Time time;
    private final ReentrantLock lock;
    private final Condition changed;

    // Guarded by the lock.
    private Phase phase = Phase.BORROWING;
    private long phaseStart;
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<Connection> toAbort = Optional.empty();
    private Optional<Duration> silentAfter = Optional.empty();

    // Of the probe's own thread, read by others after DONE.
    private Optional<Connection> handle = Optional.empty();
    private Optional<Pool> pool = Optional.empty();
    private Optional<Runnable> sweep = Optional.empty();

    /**
     * @param given a connection to look at instead of a borrowed one; it stays with its owner when it is fit
     * @param learnSweep whether the pool's sweep is to be found out on the way
     */
    Probe(
            DataSource dataSource,
            Optional<Connection> given,
            boolean learnSweep,
            Settings settings,
            Gate.Shared shared) {
        this.dataSource = dataSource;
        this.given = given;
        this.learnSweep = learnSweep;
        this.settings = settings;
        this.pools = shared.pools();
        this.ages = shared.ages();
        this.time = shared.time();
        this.lock = shared.lock();
        this.changed = shared.changed();
        this.phaseStart = time.nanos();
    }

    @Override
    public void run() {
        Outcome found;
        try {
            found = ask();
        } catch (SQLException | RuntimeException | LinkageError e) {
            found = new Outcome.None(e);
        }
        Outcome result = found;
        lock.lock();
        try {
            phase = Phase.DONE;
            toAbort = Optional.empty();
            outcome = Optional.of(
                    result instanceof Outcome.Unfit unfit && silentAfter.isPresent()
                            ? new Outcome.Unfit(Messages.noAnswer(silentAfter.get()), unfit.siblings())
                            : result);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Outcome ask() throws SQLException {
        Connection connection = given.isPresent() ? given.get() : dataSource.getConnection();
        Pool lender = pools.of(connection);
        handle = Optional.of(connection);
        pool = Optional.of(lender);
        Optional<Connection> physical = lender.physical(connection);
        enterValidating(physical.orElse(connection));
        long start = time.nanos();
        Optional<Fault> fault = fault(connection, physical);
        long nanos = time.nanos() - start;
        if (fault.isPresent()) {
            return evict(lender, connection, fault.get());
        }
        if (learnSweep) {
            sweep = lender.sweep(connection);
        }
        if (given.isEmpty()) {
            connection.close();
        }
        return new Outcome.Fit(physical, nanos);
    }

    private static Outcome evict(Pool lender, Connection connection, Fault fault) {
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

    private void enterValidating(Connection abortable) {
        lock.lock();
        try {
            phase = Phase.VALIDATING;
            phaseStart = time.nanos();
            toAbort = Optional.of(abortable);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why the connection is unfit; empty when it is fit. One round trip. */
    private Optional<Fault> fault(Connection connection, Optional<Connection> physical) {
        Optional<Duration> limit = settings.maxAge();
        if (limit.isPresent() && physical.isPresent()) {
            Duration age = ages.of(physical.get(), time);
            if (age.compareTo(limit.get()) > 0) {
                return Optional.of(new Fault(Messages.tooOld(age, limit.get()), false));
            }
        }
        try {
            // A body that set it on the driver's connection and did not restore it would lose the next body's work.
            // Inside a transaction (given) and in a pool that we do not know, off may be as it should be.
            if (given.isEmpty() && physical.isPresent() && !physical.get().getAutoCommit()) {
                return Optional.of(new Fault(Messages.autocommitOff(), false));
            }
            Optional<DatabaseProduct> asked = settings.writable() ? Failure.product(connection) : Optional.empty();
            if (asked.isPresent()) {
                return writable(connection, asked.get());
            }
            return connection.isValid(seconds()) ? Optional.empty() : Optional.of(new Fault(Messages.dead(), true));
        } catch (SQLException | RuntimeException e) {
            return Optional.of(new Fault(Messages.dead(e), true));
        }
    }

    private static Optional<Fault> writable(Connection connection, DatabaseProduct product) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(product.writableQuery(connection))) {
            return answer.next() && answer.getLong(1) == 0
                    ? Optional.empty()
                    : Optional.of(new Fault(Messages.readOnly(), true));
        }
    }

    /** JDBC counts in seconds; drivers take 0 for no bound. The gate's own bound is exact. */
    private int seconds() {
        return (int) Math.max(1, settings.validationTimeout().plusMillis(999).toSeconds());
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // Nothing more can be done for it.
        }
    }

    // What the gate reads, under the lock.

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

    /** The connection and the pool that it came from; after DONE. */
    Optional<Pool> pool() {
        return pool;
    }

    Optional<Connection> handle() {
        return handle;
    }

    /** The pool's sweep, if it was to be learnt and there is one; after DONE. */
    Optional<Runnable> sweep() {
        return sweep;
    }
}
