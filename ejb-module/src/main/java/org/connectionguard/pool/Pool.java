/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One pool product, seen through the handles that it lends. Methods may block as long as driver and pool do, but where they
 * say otherwise: the engine calls them where it can bound them. Nothing but SQLException is thrown, whatever driver and pool
 * throw, unless the virtual machine is at its end. Implementations are safe for use by many threads.
 */
public interface Pool {
    /** Whether the handle is one of this pool's. */
    boolean lent(Connection handle);

    /**
     * Makes sure that there is a connection behind a handle that has just come out of a data source. There is one already, but
     * on servers that hand out a promise of one: to be called there before anything else is asked of the handle, on the thread
     * that borrowed it, and as part of the borrowing, which takes as long.
     *
     * @throws SQLException when none could be had, as the data source itself throws it elsewhere; the handle is to be evicted
     *     or closed all the same
     */
    default void connect(Connection handle) throws SQLException {}

    /**
     * The driver's connection behind the handle: its identity, and what can be aborted while another call is silent. Talks
     * to no server and waits for no lock. Empty when it cannot be reached.
     */
    Optional<Connection> physical(Connection handle);

    /**
     * Whether autocommit is off although the pool will not restore it, so that the next user's work would be lost. Only for
     * a handle outside of a transaction; no where the pool does not tell. The pool's own restoring may ask the server here.
     */
    boolean hasLostAutocommit(Connection handle) throws SQLException;

    /**
     * Takes the handle back as destroyed: its physical connection never comes out of the pool again. Whatever is thrown, the
     * handle is closed afterwards.
     *
     * @throws SQLException when the connection may have come back to the pool, or may still be open
     */
    void evict(Connection handle) throws SQLException;

    /**
     * As {@link #evict}, of a handle that came into a transaction which was over by then. Most pools notice that themselves, and
     * give none; where one does, nobody would ever end for it what it is part of.
     */
    default void evictStray(Connection handle) throws SQLException {
        evict(handle);
    }

    /**
     * As {@link #evict}, and with it every idle sibling. Siblings in use are left to their users. Where the pool offers no
     * such thing, only the handle's own connection goes. For connections that are dead or may be: they are cut
     * off first, where the pool gives them out, since a silent server answers no rollback and no close.
     *
     * @return whether the siblings went too
     * @throws SQLException as {@link #evict}, and when not all siblings went
     */
    default boolean evictWithSiblings(Connection handle) throws SQLException {
        Optional<PoolControl> pool = control(handle);
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

    /** What can be asked of the pool that lent the handle, and done to it, later and without a handle. Empty where it cannot be reached. */
    Optional<PoolControl> control(Connection handle);

    /** Whether a failed checkout says that all connections of the pool were in use. */
    boolean isExhausted(Throwable failure);
}
