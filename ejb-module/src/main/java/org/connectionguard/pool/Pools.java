/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.util.List;

/** The pools that have an adapter. For any thread. */
public final class Pools {
    private static final Pool UNKNOWN = new UnknownPool();

    private final List<Pool> known;

    /** All that there are. */
    public Pools() {
        this(List.of(
                new IronJacamar(),
                new Agroal(),
                new GlassFish(),
                new Liberty(),
                new TomEe(),
                new TomcatJdbc(),
                new Hikari()));
    }

    /** Only these, asked in this order. */
    public Pools(List<Pool> known) {
        this.known = List.copyOf(known);
    }

    /** The pool that lent the handle; {@link #isKnown} tells whether it is more than the portable treatment. */
    public Pool of(Connection handle) {
        for (Pool pool : known) {
            if (pool.lent(handle)) {
                return pool;
            }
        }
        return UNKNOWN;
    }

    /** Whether the pool has an adapter of its own. */
    public boolean isKnown(Pool pool) {
        return pool != UNKNOWN;
    }

    /** Whether a failed checkout says, in any known pool's words, that all connections were in use. */
    public boolean isExhausted(Throwable failure) {
        return known.stream().anyMatch(pool -> pool.isExhausted(failure));
    }
}
