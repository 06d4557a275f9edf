/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.database.Failure;

/**
 * Agroal, the pool of WildFly's {@code datasources-agroal}.
 *
 * <p>Its handle must never be aborted: {@code abort} lets go of the driver's connection without aborting it, and a later
 * {@code close} finds nothing to give back, so that the pool loses the slot for ever. A connection that is lent can be
 * marked, so that it is destroyed when it comes back.
 */
final class Agroal implements Pool {
    private final HandleClass<AgroalClasses> handles =
            new HandleClass<>("io.agroal.pool.wrapper.ConnectionWrapper", AgroalClasses::of);

    @Override
    public boolean lent(Connection handle) {
        return handles.find(handle).isPresent();
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            AgroalClasses classes = handles.get(handle);
            Optional<Object> handler = classes.handlerOf(handle);
            return handler.isPresent() ? Optional.of(classes.rawOf(handler.get())) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The pool restores what was set through its handles; a data source may be set up to have it off. */
    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        AgroalClasses classes = handles.get(handle);
        Object pool = classes.pool().get(Object.class, handler(classes, handle));
        Object configuration = classes.configuration().get(Object.class, pool);
        boolean wanted =
                classes.autocommit().get(Boolean.class, classes.factory().get(Object.class, configuration));
        Connection physical = classes.rawOf(handler(classes, handle));
        return wanted && !Foreign.ask("Asking for autocommit", physical::getAutoCommit);
    }

    private static Object handler(AgroalClasses classes, Connection handle) throws SQLException {
        return classes.handlerOf(handle).orElseThrow(() -> new SQLException("The handle is closed"));
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            try (handle) {
                AgroalClasses classes = handles.get(handle);
                Optional<Object> handler = classes.handlerOf(handle);
                if (handler.isPresent()) {
                    classes.flushOnly().call(handler.get());
                }
            }
        });
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        try {
            AgroalClasses classes = handles.get(handle);
            Object handler = handler(classes, handle);
            Object pool = classes.pool().get(Object.class, handler);
            boolean xa = classes.xaResource().find(Object.class, handler).isPresent();
            // The other class has nothing idle.
            return classes.connectionPool().isInstance(pool)
                    ? Optional.of(new AgroalPool(classes, pool, xa))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(failure, part -> String.valueOf(part.getMessage()).contains("Sorry, acquisition timeout"));
    }
}
