/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolControl;
import org.connectionguard.pool.Pools;

/**
 * A connection on loan to us: it goes back, or it is destroyed, whatever is thrown meanwhile. For one thread, and for a
 * {@code try} block.
 */
public final class Borrowed implements AutoCloseable {
    private final Connection handle;
    private final Pools pools;
    private Optional<Pool> lender = Optional.empty();
    private boolean settled;

    /** Takes over a handle that came out of a data source; nothing can fail in between. */
    public Borrowed(Connection handle, Pools pools) {
        this.handle = handle;
        this.pools = pools;
    }

    /** What the data source gave. */
    public Connection handle() {
        return handle;
    }

    private Pool lender() {
        if (lender.isEmpty()) {
            lender = Optional.of(pools.of(handle));
        }
        return lender.get();
    }

    /** Makes sure that there is a connection behind the handle; the last part of borrowing. */
    public void connect() throws SQLException {
        lender().connect(handle);
    }

    /** The driver's connection, where the pool tells. */
    public Optional<Connection> physical() {
        return lender().physical(handle);
    }

    boolean hasLostAutocommit() throws SQLException {
        return lender().hasLostAutocommit(handle);
    }

    boolean isFromKnownPool() {
        return pools.isKnown(lender());
    }

    Optional<PoolControl> control() {
        return lender().control(handle);
    }

    /** Gives it back to the pool. */
    public void giveBack() throws SQLException {
        handle.close();
        settled = true;
    }

    /**
     * Has the pool destroy it.
     *
     * @return whether its idle siblings went too
     */
    public boolean evict(boolean withSiblings) throws SQLException {
        boolean siblings = withSiblings && lender().evictWithSiblings(handle);
        if (!withSiblings) {
            lender().evict(handle);
        }
        settled = true;
        return siblings;
    }

    /** Has the pool destroy it, as one that came too late for its transaction. */
    void evictStray() throws SQLException {
        lender().evictStray(handle);
        settled = true;
    }

    /** What nobody has settled is not fit to go back. */
    @Override
    public void close() {
        if (!settled) {
            try {
                lender().evict(handle);
            } catch (Throwable e) {
                closeHandle();
            }
        }
    }

    private void closeHandle() {
        try {
            handle.close();
        } catch (Throwable e) {
            // Nothing more can be done for it.
        }
    }
}
