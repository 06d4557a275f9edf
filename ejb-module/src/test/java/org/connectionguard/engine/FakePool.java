/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.connectionguard.pool.Enlistment;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolControl;

/** A LIFO pool with connections that can die, and its adapter. For any thread. */
final class FakePool implements Pool {
    /** A physical connection. */
    static final class Physical {
        boolean dead;
        boolean autoCommit = true;
        boolean aborted;

        /** Present: it answers no question until it is aborted. */
        Optional<CountDownLatch> silence = Optional.empty();

        /** Its last answer crosses the abort on the way. */
        boolean answersInTheLastMoment;

        /** Happens while it is asked. */
        Runnable answering = () -> {};

        /** Happens while it is asked. */
        Runnable meanwhile = () -> {};

        /** What isValid throws. */
        Optional<Throwable> failure = Optional.empty();

        /** What a statement throws, where the product is asked by one. */
        Optional<SQLException> answer = Optional.empty();

        /** One that nobody knows is asked by isValid. */
        String product = "Fake";

        int validations;
        final Connection connection = proxy(this);

        private boolean execute() throws SQLException {
            validations++;
            if (answer.isPresent()) {
                throw answer.get();
            }
            return false;
        }

        private interface Answer {
            Object of(String method) throws SQLException;
        }

        private static <T> T stub(Class<T> type, Answer answer) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : answer.of(method.getName())));
        }

        private static Connection proxy(Physical physical) {
            return (Connection) Proxy.newProxyInstance(
                    FakePool.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "isValid" -> {
                            physical.validations++;
                            physical.answering.run();
                            if (physical.silence.isPresent()) {
                                physical.silence.get().await();
                            }
                            physical.meanwhile.run();
                            if (physical.failure.isPresent()) {
                                throw physical.failure.get();
                            }
                            yield !physical.dead && (!physical.aborted || physical.answersInTheLastMoment);
                        }
                        case "getMetaData" ->
                            stub(
                                    DatabaseMetaData.class,
                                    asked -> asked.equals("getDatabaseMajorVersion") ? 9 : (Object) physical.product);
                        case "createStatement" -> stub(Statement.class, asked -> physical.execute());
                        case "getAutoCommit" -> physical.autoCommit;
                        case "abort" -> {
                            physical.aborted = true;
                            physical.silence.ifPresent(CountDownLatch::countDown);
                            yield null;
                        }
                        case "close" -> null;
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> "physical " + System.identityHashCode(physical);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    final Deque<Physical> idle = new ArrayDeque<>();
    final List<Physical> destroyed = new ArrayList<>();
    final List<Physical> strays = new ArrayList<>();
    private final Set<Physical> seen = new HashSet<>();
    private final ThreadLocal<BindingTransaction> entered = new ThreadLocal<>();
    boolean canSweep = true;

    /** What becomes of a sweep. */
    Optional<SQLException> sweepFailure = Optional.empty();

    /** What a handle throws that has yet to connect. */
    Optional<Throwable> lateFailure = Optional.empty();

    /** How many it may lend, told by its control. */
    volatile OptionalInt capacity = OptionalInt.empty();

    /** Where there are any, who finds none left waits for one. */
    volatile Optional<Semaphore> permits = Optional.empty();

    /** Whether the network has the threads that it connects on. */
    boolean heldUp;

    int relieved;

    volatile Enlistment enlistment = Enlistment.ONE_PHASE;
    boolean destroyAborted;
    int borrowed;
    volatile int lent;
    int mostLent;
    int sweeps;

    /** What a checkout throws; empty: the database is up. */
    Optional<SQLException> outage = Optional.empty();

    /** Happens when one has come back. */
    Runnable returning = () -> {};

    /** What the pool says when a connection comes back, so often. */
    int complaints;

    /** What a new connection is like. */
    Supplier<Physical> fresh = Physical::new;

    final DataSource dataSource = (DataSource) Proxy.newProxyInstance(
            FakePool.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getConnection" -> borrow();
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> throw new UnsupportedOperationException(method.getName());
            });

    private final PoolControl control = new PoolControl() {
        @Override
        public OptionalInt free() {
            return capacity.isPresent() ? OptionalInt.of(capacity.getAsInt() - lent) : capacity;
        }

        @Override
        public boolean isHeldUp() {
            return heldUp;
        }

        @Override
        public void relieve() {
            relieved++;
            heldUp = false;
        }

        @Override
        public Enlistment enlistment() {
            return enlistment;
        }

        @Override
        public void sweep() {
            FakePool.this.sweep();
        }
    };

    /** It lends so many, says so, and lets others wait. */
    void bound(int connections) {
        capacity = OptionalInt.of(connections);
        permits = Optional.of(new Semaphore(connections));
    }

    synchronized FakePool with(int connections, boolean dead) {
        for (int i = 0; i < connections; i++) {
            Physical physical = new Physical();
            physical.dead = dead;
            idle.push(physical);
        }
        return this;
    }

    /** What a server gives that is up, and will not do. */
    static Physical deadOnArrival() {
        Physical physical = new Physical();
        physical.dead = true;
        return physical;
    }

    /** Somebody takes the connection on top, and keeps it. */
    synchronized void keepTop() {
        idle.pop();
    }

    /** How often any connection was asked. */
    synchronized int validations() {
        return seen.stream().mapToInt(physical -> physical.validations).sum();
    }

    /** A transaction that is bound to the first connection that it borrows, and keeps it lent until it ends. For any thread. */
    final class BindingTransaction implements JobTransaction {
        private Optional<Physical> bound = Optional.empty();

        @Override
        public boolean isActive() {
            return true;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public boolean letsThreadsIn() {
            return true;
        }

        @Override
        public <T> T within(Work<T> work) throws SQLException {
            entered.set(this);
            try {
                return work.run();
            } finally {
                entered.remove();
            }
        }

        /** The connection that the body gets. */
        Optional<Physical> bound() {
            synchronized (FakePool.this) {
                return bound;
            }
        }

        void end() {
            synchronized (FakePool.this) {
                bound.ifPresent(physical -> {
                    lent--;
                    idle.push(physical);
                    permits.ifPresent(Semaphore::release);
                });
                bound = Optional.empty();
            }
        }
    }

    /** Whether the calling thread is in a transaction of this pool's. */
    boolean isEntered() {
        return entered.get() != null;
    }

    private Connection borrow() throws SQLException {
        Optional<BindingTransaction> transaction = Optional.ofNullable(entered.get());
        Optional<Physical> bound = transaction.flatMap(BindingTransaction::bound);
        if (bound.isPresent()) {
            return handle(bound.get(), transaction);
        }
        if (permits.isPresent()) {
            awaitPermit(permits.get());
        }
        return take(transaction);
    }

    private static void awaitPermit(Semaphore permits) throws SQLException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            throw new SQLException("interrupted while waiting for a permit", e);
        }
    }

    private synchronized Connection take(Optional<BindingTransaction> transaction) throws SQLException {
        borrowed++;
        if (idle.isEmpty() && outage.isPresent()) {
            permits.ifPresent(Semaphore::release);
            throw outage.get();
        }
        lent++;
        mostLent = Math.max(mostLent, lent);
        Physical physical = idle.isEmpty() ? fresh.get() : idle.pop();
        seen.add(physical);
        transaction.ifPresent(each -> each.bound = Optional.of(physical));
        return handle(physical, transaction);
    }

    private Connection handle(Physical physical, Optional<BindingTransaction> transaction) {
        boolean[] closed = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                FakePool.class.getClassLoader(),
                new Class<?>[] {Connection.class, Handle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "physical" -> physical;
                    case "close" -> {
                        giveBack(physical, transaction, closed);
                        yield null;
                    }
                    default -> forward(physical, method, arguments);
                });
    }

    private static Object forward(Physical physical, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(physical.connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized void giveBack(Physical physical, Optional<BindingTransaction> transaction, boolean[] closed)
            throws SQLException {
        if (!closed[0] && (transaction.isEmpty() || destroyed.contains(physical))) {
            closed[0] = true;
            transaction.ifPresent(each -> each.bound = Optional.empty());
            lent--;
            permits.ifPresent(Semaphore::release);
            if (complaints > 0) {
                complaints--;
                throw new SQLException("statements left open");
            }
            if (!destroyed.contains(physical) && !(destroyAborted && physical.aborted)) {
                idle.push(physical);
            }
            returning.run();
        }
    }

    /** What the adapter recognises its handles by. */
    interface Handle {
        Physical physical();
    }

    @Override
    public boolean lent(Connection handle) {
        return handle instanceof Handle;
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        return Optional.of(((Handle) handle).physical().connection);
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) {
        return !((Handle) handle).physical().autoCommit;
    }

    @Override
    public synchronized void evict(Connection handle) throws SQLException {
        destroyed.add(((Handle) handle).physical());
        handle.close();
    }

    @Override
    public synchronized void evictStray(Connection handle) throws SQLException {
        strays.add(((Handle) handle).physical());
        evict(handle);
    }

    @Override
    public synchronized boolean evictWithSiblings(Connection handle) throws SQLException {
        evict(handle);
        if (canSweep) {
            sweep();
        }
        if (sweepFailure.isPresent()) {
            throw sweepFailure.get();
        }
        return canSweep;
    }

    @Override
    public void connect(Connection handle) throws SQLException {
        if (lateFailure.isPresent()) {
            if (lateFailure.get() instanceof Error error) {
                throw error;
            }
            throw (SQLException) lateFailure.get();
        }
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return Optional.of(control);
    }

    private synchronized void sweep() {
        sweeps++;
        destroyed.addAll(idle);
        idle.clear();
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("exhausted");
    }
}
