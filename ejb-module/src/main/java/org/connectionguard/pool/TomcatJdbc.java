/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.database.Failure;

/**
 * tomcat-jdbc, the pool of Tomcat and of TomEE, where {@link TomEe} has its handles inside of the server's own.
 *
 * <p>It does not look whether a connection that comes back is dead, and what it lends next is what came back last. A
 * connection that is lent can be marked, so that it is destroyed when it comes back.
 */
final class TomcatJdbc implements Pool {
    private final HandleClass<TomcatClasses> interceptors =
            new HandleClass<>("org.apache.tomcat.jdbc.pool.JdbcInterceptor", TomcatClasses::of);

    @Override
    public boolean lent(Connection handle) {
        return interceptors.find(HandleClass.behind(handle)).isPresent();
    }

    private Optional<Object> pooled(Connection handle) throws SQLException {
        Object interceptor = HandleClass.behind(handle);
        return interceptors.get(interceptor).pooledOf(interceptor);
    }

    private TomcatClasses classes(Connection handle) throws SQLException {
        return interceptors.get(HandleClass.behind(handle));
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            Optional<Object> pooled = pooled(handle);
            return pooled.isPresent() ? classes(handle).physicalOf(pooled.get()) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The pool restores it only where it has its interceptor for that, and then before it lends; it may be set up to have it off. */
    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        Connection physical = physical(handle).orElseThrow(TomcatJdbc::closed);
        boolean wanted = pool(handle).orElseThrow(TomcatJdbc::closed).autocommit();
        return wanted && !Foreign.ask("Asking for autocommit", physical::getAutoCommit);
    }

    private static SQLException closed() {
        return new SQLException("The handle is closed");
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            try (handle) {
                Optional<Object> pooled = pooled(handle);
                if (pooled.isPresent()) {
                    classes(handle).discard().call(pooled.get(), true);
                }
            }
        });
    }

    private Optional<TomcatPool> pool(Connection handle) throws SQLException {
        TomcatClasses classes = classes(handle);
        Optional<Object> last = classes.lastOf(HandleClass.behind(handle));
        return last.isPresent()
                ? Optional.of(new TomcatPool(classes, classes.pool().get(Object.class, last.get())))
                : Optional.empty();
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        try {
            return pool(handle).map(PoolControl.class::cast);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(
                failure,
                part -> part.getClass().getName().equals("org.apache.tomcat.jdbc.pool.PoolExhaustedException"));
    }
}
