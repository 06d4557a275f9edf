/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.database.Failure;

/**
 * IronJacamar, the pool of WildFly's and JBoss EAP's {@code data-source} and {@code xa-data-source}.
 *
 * <p>Its own {@code WrappedConnection.invalidate()} logs IJ000305 with a stack trace at each call, and the management
 * operation that flushes idle connections waits for the management lock. The pool's own objects need neither: a connection
 * that is lent can be marked, so that it is destroyed when it comes back. So a handle is evicted by marking its connection,
 * then closing it. Where the pool's objects are not as expected, the handle's public methods do what they can.
 */
final class IronJacamar implements Pool {
    private static final String HANDLE = "org.jboss.jca.adapters.jdbc.WrappedConnection";

    /**
     * The handle's public methods, and the classes behind it where they are as expected.
     *
     * @param underlying gives the driver's connection, in the state that the handle's user asked for
     * @param invalidate destroys the connection
     */
    private record Known(Member underlying, Member invalidate, Optional<IronJacamarClasses> classes) {}

    private final HandleClass<Known> handles;

    IronJacamar() {
        this(IronJacamarClasses::of);
    }

    IronJacamar(HandleClass.Lookup<IronJacamarClasses> behind) {
        handles = new HandleClass<>(
                HANDLE,
                type -> new Known(
                        Member.method(type, "getUnderlyingConnection"),
                        Member.method(type, "invalidate"),
                        classes(behind, type)));
    }

    private static Optional<IronJacamarClasses> classes(
            HandleClass.Lookup<IronJacamarClasses> behind, Class<?> handle) {
        try {
            return Optional.of(behind.in(handle));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Another generation of IronJacamar, or a security manager.
            return Optional.empty();
        }
    }

    @Override
    public boolean lent(Connection handle) {
        return handles.find(handle).isPresent();
    }

    /** Its pool; empty once it is closed, and where the pool's objects are not as expected. */
    private Optional<IronJacamarPool> pool(Connection handle) {
        try {
            Optional<IronJacamarClasses> classes = handles.get(handle).classes();
            return classes.isPresent() ? Optional.of(IronJacamarPool.of(classes.get(), handle)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            Known known = handles.get(handle);
            // Not by the public method where that can be: it may send SET autocommit first, under a lock that the
            // handle's
            // own abort waits for.
            return known.classes().isPresent()
                    ? Optional.of(known.classes().get().physicalOf(handle))
                    : known.underlying().find(Connection.class, handle);
        } catch (SQLException e) {
            // Once a rollback has failed, the handle has none any more; it is closed already.
            return Optional.empty();
        }
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        Connection restored = handles.get(handle).underlying().get(Connection.class, handle);
        return !Foreign.ask("Asking for autocommit", restored::getAutoCommit);
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            try (handle) {
                Optional<IronJacamarPool> pool = pool(handle);
                if (pool.isPresent()) {
                    pool.get().mark(handle);
                } else {
                    handles.get(handle).invalidate().call(handle);
                }
            }
        });
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return pool(handle).map(PoolControl.class::cast);
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(failure, part -> String.valueOf(part.getMessage()).contains("IJ000655"));
    }
}
