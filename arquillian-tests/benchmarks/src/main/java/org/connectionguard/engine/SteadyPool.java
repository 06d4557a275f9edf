/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.connectionguard.pool.Enlistment;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolControl;

/**
 * A pool of connections that are always alive, and cost next to nothing. It lends them in turn, and more than ask at once. For
 * any thread.
 */
final class SteadyPool implements Pool {
    private static final int CONNECTIONS = 16;

    /** Asked by {@code isValid}, since nobody knows the product. */
    private final DatabaseMetaData metaData = proxy(DatabaseMetaData.class, (proxy, method, arguments) -> "Steady");

    private final List<Connection> connections = new ArrayList<>();
    private final Map<Connection, Optional<Connection>> identities = new IdentityHashMap<>();
    private final AtomicInteger lent = new AtomicInteger();
    private final OptionalInt free = OptionalInt.of(CONNECTIONS);
    private final Optional<PoolControl> control = Optional.of(new PoolControl() {
        @Override
        public OptionalInt free() {
            return free;
        }

        @Override
        public Enlistment enlistment() {
            return Enlistment.NONE;
        }

        @Override
        public void sweep() {}
    });

    final DataSource dataSource = proxy(DataSource.class, (proxy, method, arguments) -> next());

    SteadyPool() {
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = connection();
            connections.add(connection);
            identities.put(connection, Optional.of(connection));
        }
    }

    private Connection connection() {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "isValid", "getAutoCommit" -> true;
            case "getMetaData" -> metaData;
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> null;
        });
    }

    private Connection next() {
        return connections.get(lent.getAndIncrement() & CONNECTIONS - 1);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(SteadyPool.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public boolean lent(Connection handle) {
        return identities.containsKey(handle);
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        return identities.get(handle);
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        return !handle.getAutoCommit();
    }

    @Override
    public void evict(Connection handle) {
        throw new IllegalStateException("It is always alive");
    }

    @Override
    public boolean evictWithSiblings(Connection handle) {
        throw new IllegalStateException("It is always alive");
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return control;
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return false;
    }
}
