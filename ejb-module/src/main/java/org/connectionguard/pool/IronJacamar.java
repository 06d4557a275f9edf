/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.connectionguard.database.Failure;

/**
 * IronJacamar, the pool of WildFly's and JBoss EAP's {@code data-source} and {@code xa-data-source}.
 *
 * <p>Its own {@code WrappedConnection.invalidate()} logs IJ000305 with a stack trace at each call, and the management
 * operation that flushes idle connections waits for the management lock. The pool object's {@code flush(GRACEFULLY)} does
 * neither: it destroys what is idle and marks what is lent, so that it is destroyed when it comes back. So a dead handle is
 * evicted by flushing while it is lent, then closing it.
 */
final class IronJacamar implements Pool {
    private static final String HANDLE = "org.jboss.jca.adapters.jdbc.WrappedConnection";

    /** Reflection for the class of handles seen last; there is one in a server. Never a ClassValue: it would hold us. */
    private volatile Access access;

    @Override
    public boolean lent(Connection handle) {
        Access known = access;
        if (known != null && known.handleClass == handle.getClass()) {
            return true;
        }
        for (Class<?> type = handle.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(HANDLE)) {
                try {
                    access = new Access(handle.getClass(), type);
                    return true;
                } catch (ReflectiveOperationException | RuntimeException e) {
                    // Another generation of IronJacamar: it gets the portable treatment.
                    return false;
                }
            }
        }
        return false;
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            return Optional.of((Connection) call(access.underlying, handle));
        } catch (SQLException e) {
            // Once a rollback has failed, the handle gives it to nobody any more; it is closed already.
            return Optional.empty();
        }
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        return !((Connection) call(access.underlying, handle)).getAutoCommit();
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        call(access.invalidate, handle);
        handle.close();
    }

    @Override
    public boolean evictWithSiblings(Connection handle) throws SQLException {
        Optional<Connection> physical = physical(handle);
        if (physical.isPresent()) {
            // A close on a dead connection may ask the server first (rollback, open statements), and wait for ever.
            physical.get().abort(Runnable::run);
        }
        try {
            access.flush(access.pool(handle), "GRACEFULLY");
        } catch (SQLException e) {
            evict(handle);
            return false;
        }
        handle.close();
        return true;
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        Access found = access;
        try {
            Object pool = found.pool(handle);
            Semaphore permits = (Semaphore)
                    call(found.inPools(pool, "org.jboss.jca.core.connectionmanager.pool.api.Pool", "getLock"), pool);
            return Optional.of(new Control(found, pool, permits));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(failure, part -> String.valueOf(part.getMessage()).contains("IJ000655"));
    }

    private static Object call(Method method, Object target, Object... arguments) throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof SQLException exception) {
                throw exception;
            }
            throw new SQLException("IronJacamar's " + method + " cannot be called", e);
        }
    }

    /** The pool object, and its permits: one for each connection that may be lent. */
    private record Control(Access access, Object pool, Semaphore permits) implements PoolControl {
        @Override
        public OptionalInt free() {
            return OptionalInt.of(permits.availablePermits());
        }

        @Override
        public Enlistment enlistment() {
            return Enlistment.UNKNOWN;
        }

        @Override
        public void sweep() throws SQLException {
            access.flush(pool, "IDLE");
        }
    }

    /** The members of IronJacamar's classes that are used. All public but one field. */
    private static final class Access {
        final Class<?> handleClass;
        final Method underlying;
        final Method invalidate;
        private final Method dataSource;
        private final Field connectionManager;

        Access(Class<?> handleClass, Class<?> wrapped) throws ReflectiveOperationException {
            this.handleClass = handleClass;
            this.underlying = wrapped.getMethod("getUnderlyingConnection");
            this.invalidate = wrapped.getMethod("invalidate");
            this.dataSource = wrapped.getMethod("getDataSource");
            this.connectionManager = dataSource.getReturnType().getDeclaredField("cm");
            this.connectionManager.setAccessible(true);
        }

        Object pool(Connection handle) throws SQLException {
            try {
                Object manager = connectionManager.get(call(dataSource, handle));
                return call(manager.getClass().getMethod("getPool"), manager);
            } catch (ReflectiveOperationException e) {
                throw new SQLException("IronJacamar's pool cannot be reached", e);
            }
        }

        Method inPools(Object pool, String type, String name) throws SQLException {
            try {
                return pool.getClass().getClassLoader().loadClass(type).getMethod(name);
            } catch (ReflectiveOperationException e) {
                throw new SQLException("IronJacamar's pool cannot be asked", e);
            }
        }

        void flush(Object pool, String mode) throws SQLException {
            try {
                ClassLoader loader = pool.getClass().getClassLoader();
                String api = "org.jboss.jca.core.api.connectionmanager.pool.";
                Class<?> modes = loader.loadClass(api + "FlushMode");
                Method flush = loader.loadClass(api + "Pool").getMethod("flush", modes);
                call(flush, pool, modes.getField(mode).get(null));
            } catch (ReflectiveOperationException e) {
                throw new SQLException("IronJacamar's pool cannot be flushed", e);
            }
        }
    }
}
