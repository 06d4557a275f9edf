/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * A pool of IronJacamar's, by its own objects. Idle connections are taken out as a borrower takes them, and destroyed here.
 * The pool's own {@code flush} will not do:
 *
 * <ul>
 *   <li>it closes them on the threads of the common pool, where one silent server holds up whoever else uses those, and for
 *       as long as it is silent;
 *   <li>on a deque it can destroy what somebody borrows at that moment, and the slot is lost to the pool for ever;
 *   <li>{@code GRACEFULLY} marks what is lent, and a marked connection that has not enlisted yet never does: its user's work
 *       would be committed outside of its transaction. So what is lent is left alone.
 * </ul>
 *
 * @param manager lends the connections of the pool
 * @param permits one for each connection that may be lent, over all of the pool's sub-pools
 */
record IronJacamarPool(IronJacamarClasses classes, Object manager, Object pool, Semaphore permits)
        implements PoolControl {

    /**
     * The pool that lent the handle.
     *
     * @throws SQLException when it is closed
     */
    static IronJacamarPool of(IronJacamarClasses classes, Connection handle) throws SQLException {
        Object dataSource = classes.dataSource().get(Object.class, handle);
        Object manager = classes.manager().get(Object.class, dataSource);
        Object pool = classes.pool().get(Object.class, manager);
        return new IronJacamarPool(classes, manager, pool, classes.permits().get(Semaphore.class, pool));
    }

    @Override
    public OptionalInt free() {
        return OptionalInt.of(permits.availablePermits());
    }

    @Override
    public Enlistment enlistment() {
        if (classes.withoutTransactions().isInstance(manager)) {
            return Enlistment.NONE;
        }
        try {
            Object factory = classes.factory().get(Object.class, pool);
            if (classes.xaFactory().isInstance(factory)) {
                return Enlistment.TWO_PHASE;
            }
            // A commit-markable one too: it commits in one phase, and a transaction takes one of its kind.
            return classes.localFactory().isInstance(factory) ? Enlistment.ONE_PHASE : Enlistment.UNKNOWN;
        } catch (SQLException e) {
            return Enlistment.UNKNOWN;
        }
    }

    @Override
    public void sweep() throws SQLException {
        List<Object> taken = new ArrayList<>();
        try {
            for (Object subPool : classes.subPools().get(Map.class, pool).values()) {
                takeIdle(subPool, taken);
            }
        } finally {
            destroy(taken);
        }
    }

    private void takeIdle(Object subPool, List<Object> taken) throws SQLException {
        if (!classes.dequePool().isInstance(subPool)) {
            classes.flush().call(subPool, classes.idle(), taken);
            return;
        }
        Deque<?> idle = classes.deque().get(Deque.class, subPool);
        // Not those that come back meanwhile: there may be no end of them.
        for (Object each : List.copyOf(idle)) {
            if (idle.remove(each)) {
                taken.add(classes.wrapped().get(Object.class, each));
                classes.remove().call(subPool, each);
            }
        }
    }

    /**
     * Marks the connection of a handle that is about to be closed, so that it is destroyed when it comes back: at once
     * outside of a transaction, else at its end. Nothing is to be done where the pool has destroyed it already, after an
     * error that it takes for fatal.
     */
    void mark(Connection handle) throws SQLException {
        Optional<Object> managed = classes.managed().find(Object.class, handle);
        Optional<Object> listener =
                managed.isPresent() ? classes.listener().find(Object.class, pool, managed.get()) : Optional.empty();
        if (listener.isPresent()) {
            classes.setState().call(listener.get(), classes.doomed());
        }
    }

    private void destroy(List<Object> listeners) throws SQLException {
        // They are in nobody's hands but ours. All are cut off before one is closed, so that, should a close hang all
        // the
        // same, no other one's session stays on the server.
        try {
            Foreign.forEach(listeners, listener -> Foreign.abort(classes.physicalOfListener(listener)));
        } finally {
            Foreign.forEach(listeners, listener -> classes.destroy().call(listener));
        }
    }
}
