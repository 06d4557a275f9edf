/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.pool.Enlistment;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolControl;

/**
 * A data source with one connection to MySQL, and a new one when that was destroyed; the handle is the connection. It is its
 * own pool's adapter. For any thread.
 */
public final class FakeSource implements Pool, PoolControl {
    /** So long that no machine is too busy for it. */
    public static final Settings PATIENT = Settings.DEFAULTS.withValidationTimeout(Duration.ofSeconds(30));

    private final String name;
    private final FakeTransactions transactions;
    private final AtomicInteger outside = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private final List<Connection> lent = Collections.synchronizedList(new ArrayList<>());
    private volatile Connection only = connection();
    private volatile boolean dead;

    /** What a checkout throws; empty: the database is up. */
    public volatile Optional<SQLException> outage = Optional.empty();

    /** Happens on the way to each connection. */
    public volatile Runnable before = () -> {};

    /** What the pool says of itself. */
    public volatile Enlistment enlistment = Enlistment.ONE_PHASE;

    private final DataSource dataSource = Stub.of(DataSource.class, (method, arguments) -> borrow());

    public FakeSource(String name, FakeTransactions transactions) {
        this.name = name;
        this.transactions = transactions;
    }

    public Target target() {
        return target(PATIENT);
    }

    public Target target(Settings settings) {
        return new Target(name, dataSource, settings);
    }

    public Target writable() {
        return target(PATIENT.withWritable(true));
    }

    /** How often a connection was borrowed where no transaction is. */
    public int outside() {
        return outside.get();
    }

    /** How often one was borrowed in a transaction, which is bound to it from then on. */
    public int inside() {
        return inside.get();
    }

    /** How often a connection was asked whether it is alive. */
    public int questions() {
        return questions.get();
    }

    /** Another connection comes from now on. */
    public void replace() {
        only = connection();
        dead = false;
    }

    /** The connection of now answers no more; the next one will. */
    public void die() {
        dead = true;
    }

    private Connection borrow() throws SQLException {
        (transactions.isEntered() ? inside : outside).incrementAndGet();
        before.run();
        if (outage.isPresent()) {
            throw outage.get();
        }
        return only;
    }

    private Connection connection() {
        Connection made = Stub.of(Connection.class, (method, arguments) -> switch (method) {
            case "isValid" -> !dead;
            case "getAutoCommit" -> true;
            case "getMetaData" ->
                Stub.of(DatabaseMetaData.class, (asked, none) -> asked.equals("getDatabaseMajorVersion") ? 9 : "MySQL");
            case "createStatement" -> Stub.of(Statement.class, (asked, none) -> asked.equals("execute") && execute());
            default -> null;
        });
        lent.add(made);
        return made;
    }

    private boolean execute() throws SQLException {
        questions.incrementAndGet();
        if (dead) {
            throw new SQLException("The last packet was sent long ago", "08S01");
        }
        return false;
    }

    @Override
    public boolean lent(Connection handle) {
        return lent.contains(handle);
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        return Optional.of(handle);
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) {
        return false;
    }

    @Override
    public void evict(Connection handle) {
        replace();
    }

    @Override
    public boolean evictWithSiblings(Connection handle) {
        evict(handle);
        return true;
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return Optional.of(this);
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return false;
    }

    @Override
    public OptionalInt free() {
        return OptionalInt.empty();
    }

    @Override
    public Enlistment enlistment() {
        return enlistment;
    }

    @Override
    public void sweep() {
        throw new UnsupportedOperationException("Nobody asks for that here");
    }
}
