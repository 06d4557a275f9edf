/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.database.Failure;

/**
 * The pools of GlassFish and of Payara.
 *
 * <p>A handle that is aborted marks its connection, and aborts nothing; the connection is destroyed when the handle is
 * closed, or else when the transaction ends. A driver's connection that is aborted behind its handle comes back to the pool.
 */
final class GlassFish implements Pool {
    /** Evicts by the handle's public methods. */
    private static final Pool PORTABLE = new UnknownPool();

    private final HandleClass<GlassFishClasses> handles =
            new HandleClass<>("com.sun.gjc.spi.base.ConnectionHolder", GlassFishClasses::of);
    private final HandleClass<GlassFishPoolClasses> listeners =
            new HandleClass<>("com.sun.enterprise.resource.listener.ConnectionEventListener", GlassFishPoolClasses::of);

    @Override
    public boolean lent(Connection handle) {
        return handles.find(handle).isPresent();
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            return handles.get(handle).physicalOf(handle);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The pool restores what was changed through its handles. */
    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        GlassFishClasses classes = handles.get(handle);
        Connection physical = classes.physicalOf(handle).orElseThrow(() -> new SQLException("The handle is closed"));
        boolean wanted =
                classes.autocommit().get(Boolean.class, classes.managed().get(Object.class, handle));
        return wanted && !Foreign.ask("Asking for autocommit", physical::getAutoCommit);
    }

    /**
     * A connection whose transaction did not begin counts as in one for ever: closed, it would come back to the pool, marked or
     * not, and be found dead by everybody.
     */
    @Override
    public void evict(Connection handle) throws SQLException {
        evict(handle, (pool, entry) -> !pool.isEnlisted(entry));
    }

    /** The pool keeps as lent what is closed, and waits for the end of its transaction, which has been. */
    @Override
    public void evictStray(Connection handle) throws SQLException {
        evict(handle, (pool, entry) -> true);
    }

    private interface Condition {
        boolean holds(GlassFishPool pool, Object entry) throws SQLException;
    }

    /** Of one that is dead nobody is deprived, should somebody else have got it meanwhile. */
    private void evict(Connection handle, Condition goesToo) throws SQLException {
        Optional<GlassFishPool> pool = pool(handle);
        Optional<Object> entry = entry(handle);
        Optional<Connection> physical = physical(handle);
        try {
            PORTABLE.evict(handle);
        } finally {
            if (pool.isPresent() && entry.isPresent() && goesToo.holds(pool.get(), entry.get())) {
                pool.get().destroy(entry.get());
            }
        }
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return pool(handle).map(PoolControl.class::cast);
    }

    private Optional<GlassFishPool> pool(Connection handle) {
        try {
            GlassFishClasses classes = handles.get(handle);
            if (classes.physicalOf(handle).isEmpty()) {
                return Optional.empty();
            }
            Object managed = classes.managed().get(Object.class, handle);
            Object listener = classes.listener().get(Object.class, managed);
            GlassFishPoolClasses behind = listeners.get(listener);
            Object factory = classes.factory().get(Object.class, managed);
            return behind.find(classes.name().get(Object.class, factory))
                    .map(pool -> new GlassFishPool(classes, behind, pool, enlistment(behind, listener)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** What the pool keeps a handle's connection as. */
    private Optional<Object> entry(Connection handle) {
        try {
            GlassFishClasses classes = handles.get(handle);
            Object managed = classes.managed().get(Object.class, handle);
            return Optional.of(entryOf(classes.listener().get(Object.class, managed)));
        } catch (SQLException | ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** There are listeners of several classes, which all have this field. */
    private static Object entryOf(Object listener) throws SQLException, ReflectiveOperationException {
        return Member.hiddenField(listener.getClass(), "resource").get(Object.class, listener);
    }

    private static Enlistment enlistment(GlassFishPoolClasses behind, Object listener) {
        try {
            Object entry = entryOf(listener);
            Object specification = behind.specification().get(Object.class, entry);
            if (!behind.transactional().get(Boolean.class, entry)
                    || behind.outside().get(Boolean.class, specification)) {
                return Enlistment.NONE;
            }
            return behind.xa().get(Boolean.class, specification) ? Enlistment.TWO_PHASE : Enlistment.ONE_PHASE;
        } catch (SQLException | ReflectiveOperationException | RuntimeException e) {
            return Enlistment.UNKNOWN;
        }
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(
                failure, part -> String.valueOf(part.getMessage()).contains("In-use connections equal max-pool-size"));
    }
}
