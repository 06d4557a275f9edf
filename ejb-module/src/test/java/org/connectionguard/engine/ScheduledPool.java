/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.connectionguard.interleaving.Schedule;
import org.connectionguard.pool.Enlistment;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolControl;

/**
 * A LIFO pool that lends so many connections at most, its adapter, and the database behind it; who asks any of them may be
 * overtaken at every step. For the threads of a schedule.
 */
final class ScheduledPool implements Pool {
    private static final DatabaseMetaData META_DATA =
            stub(DatabaseMetaData.class, (method, arguments) -> "a product that nobody knows");

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    /** What happens when a connection is to be made. */
    interface Connect {
        void happens() throws SQLException;
    }

    /** A physical connection. */
    final class Physical {
        boolean dead;

        /** It answers no question; until it is aborted, or the answer comes after all. */
        boolean silent;

        boolean aborted;
        boolean destroyed;

        /** When it was last asked with good success, counted in all questions. */
        int fitAt;

        final Connection connection = stub(Connection.class, this::answer);

        private Object answer(Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "isValid" -> isValid();
                case "getMetaData" -> META_DATA;
                case "abort" -> abort();
                default -> throw new UnsupportedOperationException(method.getName());
            };
        }

        private boolean isValid() {
            Schedule.current().pause("isValid");
            if (silent) {
                Schedule.current().awaitNetwork(() -> aborted || !silent);
            }
            boolean valid = !dead && !aborted;
            questions++;
            if (valid) {
                fitAt = questions;
            }
            Schedule.current().pause("answer");
            return valid;
        }

        private Object abort() {
            Schedule.current().pause("abort");
            aborted = true;
            return Void.TYPE;
        }
    }

    /** A transaction that keeps the first connection borrowed in it. */
    final class Transaction implements JobTransaction {
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
            Schedule.current().pause("enter transaction");
            inside.set(Optional.of(this));
            try {
                return work.run();
            } finally {
                inside.set(Optional.empty());
            }
        }

        /** What the body gets. */
        Physical bound() {
            return bound.orElseThrow();
        }

        /** Gives back what it holds. */
        void end() {
            Schedule.current().pause("end of transaction");
            bound.filter(physical -> !physical.destroyed).ifPresent(ScheduledPool.this::takeBack);
            bound = Optional.empty();
        }
    }

    private interface Handle {
        Physical physical();
    }

    private final int size;
    private final ThreadLocal<Optional<Transaction>> inside = ThreadLocal.withInitial(Optional::empty);
    final Deque<Physical> idle = new ArrayDeque<>();
    private final List<Physical> lent = new ArrayList<>();
    private int connecting;
    private int questions;

    /** How often somebody found nothing in the pool and had to wait for it. */
    int waits;

    /** And how often within a transaction. */
    int waitsInside;

    /** How many asked at once, at most. */
    int mostLent;

    /** How often a connection was made, or tried to. */
    int connects;

    Connect connect = () -> {};

    final DataSource dataSource = stub(DataSource.class, (method, arguments) -> borrow());

    private final PoolControl control = new PoolControl() {
        @Override
        public OptionalInt free() {
            return OptionalInt.of(size - lent.size() - connecting);
        }

        @Override
        public Enlistment enlistment() {
            return Enlistment.ONE_PHASE;
        }

        @Override
        public void sweep() {
            ScheduledPool.this.sweep();
        }
    };

    ScheduledPool(int size) {
        this.size = size;
    }

    private static <T> T stub(Class<T> type, Answer answer, Class<?>... more) {
        List<Class<?>> types = new ArrayList<>(List.of(more));
        types.add(type);
        return type.cast(Proxy.newProxyInstance(
                ScheduledPool.class.getClassLoader(),
                types.toArray(Class<?>[]::new),
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> answer.to(method, arguments);
                }));
    }

    /** An idle connection on top of the others. */
    Physical idle() {
        Physical physical = new Physical();
        idle.push(physical);
        return physical;
    }

    /** How many are out. */
    int lent() {
        return lent.size();
    }

    /** How many questions have been answered. */
    int questions() {
        return questions;
    }

    private Connection borrow() throws SQLException {
        Optional<Transaction> transaction = inside.get();
        if (transaction.isPresent() && transaction.get().bound.isPresent()) {
            return handle(transaction.get().bound(), true);
        }
        Schedule.current().pause("borrow");
        if (lent.size() + connecting >= size) {
            waits++;
            waitsInside += transaction.isPresent() ? 1 : 0;
            Schedule.current().await("full pool", () -> lent.size() + connecting < size);
        }
        Physical physical = idle.isEmpty() ? connect() : idle.pop();
        lent.add(physical);
        mostLent = Math.max(mostLent, lent.size());
        transaction.ifPresent(each -> each.bound = Optional.of(physical));
        return handle(physical, transaction.isPresent());
    }

    private Physical connect() throws SQLException {
        connecting++;
        connects++;
        try {
            Schedule.current().pause("connect");
            connect.happens();
            return new Physical();
        } finally {
            connecting--;
        }
    }

    private Connection handle(Physical physical, boolean kept) {
        return stub(
                Connection.class,
                (method, arguments) -> switch (method.getName()) {
                    case "physical" -> physical;
                    case "close" -> {
                        if (!kept) {
                            Schedule.current().pause("close");
                            takeBack(physical);
                        }
                        yield null;
                    }
                    default -> forward(physical, method, arguments);
                },
                Handle.class);
    }

    private static Object forward(Physical physical, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(physical.connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void takeBack(Physical physical) {
        if (lent.remove(physical) && !physical.destroyed) {
            idle.push(physical);
        }
    }

    private void destroy(Physical physical) {
        physical.destroyed = true;
        lent.remove(physical);
    }

    /** Those in use are destroyed when they come back. */
    private void sweep() {
        Schedule.current().pause("sweep");
        idle.forEach(physical -> physical.destroyed = true);
        idle.clear();
    }

    private static Physical behind(Connection handle) {
        return ((Handle) handle).physical();
    }

    @Override
    public boolean lent(Connection handle) {
        return handle instanceof Handle;
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        return Optional.of(behind(handle).connection);
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) {
        return false;
    }

    @Override
    public void evict(Connection handle) {
        Schedule.current().pause("evict");
        destroy(behind(handle));
    }

    @Override
    public boolean evictWithSiblings(Connection handle) {
        evict(handle);
        sweep();
        return true;
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return Optional.of(control);
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return false;
    }
}
