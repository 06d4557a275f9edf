/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.connectionguard.pool.PoolDescription.Product;

/**
 * A pool behind a data source that TomEE enlists.
 *
 * @param xa whether its connections take part in XA
 */
record TomEePool(PoolControl pool, boolean xa) implements PoolControl {
    @Override
    public OptionalInt free() {
        return pool.free();
    }

    @Override
    public Enlistment enlistment() {
        return xa ? Enlistment.TWO_PHASE : Enlistment.ONE_PHASE;
    }

    /** TomEE makes tomcat-jdbc's pools out of settings of its own; any other one the application has made. */
    @Override
    public Optional<PoolDescription> describe(Set<String> options) {
        return pool.describe(options)
                .map(found -> found.product() == Product.TOMCAT_JDBC ? found.setUpBy(Product.TOMEE) : found);
    }

    @Override
    public void sweep() throws SQLException {
        pool.sweep();
    }
}
