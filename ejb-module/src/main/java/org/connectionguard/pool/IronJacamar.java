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

    /** Finds what is used of the classes behind the handle's, if they have it. */
    @FunctionalInterface
    interface Lookup {
        IronJacamarClasses in(Class<?> handle) throws ReflectiveOperationException;
    }

    /**
     * What was found for the class of handles seen last; there is one in a server. Never a ClassValue: it would hold us.
     *
     * @param underlying gives the driver's connection, in the state that the handle's user asked for
     * @param invalidate destroys the connection
     */
    private record Known(Class<?> handle, Member underlying, Member invalidate, Optional<IronJacamarClasses> classes) {}

    private final Lookup lookup;
    private volatile Optional<Known> seen = Optional.empty();

    IronJacamar() {
        this(IronJacamarClasses::of);
    }

    IronJacamar(Lookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public boolean lent(Connection handle) {
        return known(handle).isPresent();
    }

    private Optional<Known> known(Connection handle) {
        Optional<Known> known = seen;
        if (known.isPresent() && known.get().handle().isInstance(handle)) {
            return known;
        }
        for (Class<?> type = handle.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(HANDLE)) {
                known = learn(type);
                known.ifPresent(found -> seen = Optional.of(found));
                return known;
            }
        }
        return Optional.empty();
    }

    private Optional<Known> learn(Class<?> handle) {
        try {
            Member underlying = Member.method(handle, "getUnderlyingConnection");
            return Optional.of(new Known(handle, underlying, Member.method(handle, "invalidate"), classes(handle)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Only its name is IronJacamar's: it gets the portable treatment.
            return Optional.empty();
        }
    }

    private Optional<IronJacamarClasses> classes(Class<?> handle) {
        try {
            return Optional.of(lookup.in(handle));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Another generation of IronJacamar, or a security manager.
            return Optional.empty();
        }
    }

    /** The same, for a handle that {@link #lent} has said yes to. */
    private Known mine(Connection handle) throws SQLException {
        return known(handle).orElseThrow(() -> new SQLException("Not lent by IronJacamar: " + handle.getClass()));
    }

    /** Its pool; empty once it is closed, and where the pool's objects are not as expected. */
    private Optional<IronJacamarPool> pool(Connection handle) {
        try {
            Optional<IronJacamarClasses> classes = mine(handle).classes();
            return classes.isPresent() ? Optional.of(IronJacamarPool.of(classes.get(), handle)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            Known known = mine(handle);
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
        Connection restored = mine(handle).underlying().get(Connection.class, handle);
        return !Foreign.ask("Asking for autocommit", restored::getAutoCommit);
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            try (handle) {
                if (!isMarked(handle)) {
                    mine(handle).invalidate().call(handle);
                }
            }
        });
    }

    private boolean isMarked(Connection handle) {
        try {
            Optional<IronJacamarPool> pool = pool(handle);
            return pool.isPresent() && pool.get().mark(handle);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public boolean evictWithSiblings(Connection handle) throws SQLException {
        Optional<IronJacamarPool> pool = pool(handle);
        physical(handle).ifPresent(Foreign::abort);
        try {
            if (pool.isPresent()) {
                pool.get().sweep();
            }
        } finally {
            evict(handle);
        }
        return pool.isPresent();
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
