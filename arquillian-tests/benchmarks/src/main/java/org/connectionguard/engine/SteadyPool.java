/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.pool.Pool;

/** A pool with one connection that is always alive, and costs next to nothing. For one thread at a time. */
final class SteadyPool implements Pool {
    /** Of a product that nobody knows, so that isValid is what is asked. */
    private final DatabaseMetaData metaData = proxy(DatabaseMetaData.class, (proxy, method, arguments) -> "Steady");

    private final Connection physical =
            proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "isValid", "getAutoCommit" -> true;
                case "getMetaData" -> metaData;
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> 1;
                default -> null;
            });

    private final Optional<Connection> identity = Optional.of(physical);

    private final Connection handle = proxy(
            Connection.class, (proxy, method, arguments) -> method.getName().equals("isValid") ? true : null);

    final DataSource dataSource = proxy(DataSource.class, (proxy, method, arguments) -> handle);

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(SteadyPool.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public boolean lent(Connection lent) {
        return lent == handle;
    }

    @Override
    public Optional<Connection> physical(Connection lent) {
        return identity;
    }

    @Override
    public void evict(Connection lent) {
        throw new IllegalStateException("It is always alive");
    }

    @Override
    public boolean evictWithSiblings(Connection lent) {
        throw new IllegalStateException("It is always alive");
    }

    @Override
    public Optional<Runnable> sweep(Connection lent) {
        return Optional.of(() -> {});
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return false;
    }
}
