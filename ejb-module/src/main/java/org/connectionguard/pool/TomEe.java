/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * TomEE's data sources that are managed by its transactions, before whatever pool: tomcat-jdbc unless something else is set
 * up.
 *
 * <p>What they hand out connects when something is asked of it. It closes the pool's handle at the end of the transaction
 * where there is one, and never where that says that it is closed already, as tomcat-jdbc's do once they are marked. So
 * the pool's handle is evicted by its own adapter, and at once.
 */
final class TomEe implements Pool {
    private final HandleClass<TomEeClasses> managed =
            new HandleClass<>("org.apache.openejb.resource.jdbc.managed.local.ManagedConnection", TomEeClasses::of);

    /** Those that may be behind its data sources. */
    private final Pools pools = new Pools(List.of(new TomcatJdbc(), new Hikari()));

    @Override
    public boolean lent(Connection handle) {
        return managed.find(HandleClass.behind(handle)).isPresent();
    }

    private Optional<Connection> pooled(Connection handle) throws SQLException {
        Object behind = HandleClass.behind(handle);
        return managed.get(behind).pooledOf(behind);
    }

    /** Whether it is closed is the least that can be asked: a pool knows that without its server. */
    @Override
    public void connect(Connection handle) throws SQLException {
        Foreign.ask("Connecting", handle::isClosed);
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            return pooled(handle).flatMap(pooled -> pools.of(pooled).physical(pooled));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        Connection pooled = pooled(handle).orElseThrow(() -> new SQLException("The handle has no connection yet"));
        return pools.of(pooled).hasLostAutocommit(pooled);
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            Optional<Connection> pooled = pooled(handle);
            // One that has no connection yet has nothing to be closed, and in a transaction its close would connect.
            if (pooled.isPresent()) {
                try (handle) {
                    pools.of(pooled.get()).evict(pooled.get());
                }
            }
        });
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        try {
            boolean xa = managed.get(HandleClass.behind(handle)).isXa(HandleClass.behind(handle));
            return pooled(handle)
                    .flatMap(pooled -> pools.of(pooled).control(pooled))
                    .map(pool -> new TomEePool(pool, xa));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** In the words of the pool, which has an adapter of its own. */
    @Override
    public boolean isExhausted(Throwable failure) {
        return pools.isExhausted(failure);
    }
}
