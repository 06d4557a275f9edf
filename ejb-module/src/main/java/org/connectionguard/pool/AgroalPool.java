/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * A pool of Agroal's, by its own objects. Idle connections are taken as a borrower takes them, and cut off before the pool
 * destroys them: it does so on the one thread that also makes its connections, and a silent server would hold that up.
 *
 * @param xa whether its connections have an XAResource
 */
record AgroalPool(AgroalClasses classes, Object pool, boolean xa) implements PoolControl {
    /** What Agroal calls a pool that knows no transactions; the class has no name of its own. */
    private static final String NO_INTEGRATION = "io.agroal.api.transaction.TransactionIntegration$";

    @Override
    public OptionalInt free() {
        try {
            int size = classes.maxSize().get(Integer.class, configuration());
            long lent = classes.active().get(Long.class, pool);
            return OptionalInt.of((int) Math.max(0, size - lent));
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public Enlistment enlistment() {
        try {
            Object integration = classes.integration().get(Object.class, configuration());
            if (integration.getClass().getName().startsWith(NO_INTEGRATION)) {
                return Enlistment.NONE;
            }
            return xa ? Enlistment.TWO_PHASE : Enlistment.ONE_PHASE;
        } catch (SQLException e) {
            return Enlistment.UNKNOWN;
        }
    }

    private Object configuration() throws SQLException {
        return classes.configuration().get(Object.class, pool);
    }

    @Override
    public void sweep() throws SQLException {
        for (Object handler : classes.all().get(Iterable.class, pool)) {
            if (classes.setState().get(Boolean.class, handler, classes.idle(), classes.doomed())) {
                Foreign.abort(classes.rawOf(handler));
                classes.remove().call(pool, handler);
            }
        }
    }
}
