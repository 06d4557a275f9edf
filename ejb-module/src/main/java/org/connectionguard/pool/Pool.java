/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One pool product, seen through the handles that it lends. Methods may block as long as driver and pool do: the engine
 * calls them where it can bound them. Implementations are safe for use by many threads.
 */
public interface Pool {
    /** Whether the handle is one of this pool's. */
    boolean lent(Connection handle);

    /** The driver's connection behind the handle: its identity, and what can be aborted. Empty when it cannot be reached. */
    Optional<Connection> physical(Connection handle);

    /** Takes the handle back as destroyed: its physical connection never comes out of the pool again. */
    void evict(Connection handle) throws SQLException;

    /**
     * As {@link #evict}, and with it every idle sibling; siblings in use are destroyed when they are returned. Where the
     * pool offers no such thing, only the handle's own connection goes.
     *
     * @return whether the siblings went too
     */
    boolean evictWithSiblings(Connection handle) throws SQLException;

    /** What sweeps the idle connections of the handle's pool later, without a handle. Empty when nothing does. */
    Optional<Runnable> sweep(Connection handle);

    /** Whether a failed checkout says that all connections of the pool were in use. */
    boolean isExhausted(Throwable failure);
}
