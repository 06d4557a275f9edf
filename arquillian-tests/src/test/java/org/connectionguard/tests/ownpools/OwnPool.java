/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** HikariCP as applications have it. Stateless. */
final class OwnPool {
    /**
     * For half a second after its last use a connection is lent unasked, be it dead or not. A test is not always as quick, so that
     * this lasts longer here.
     */
    private static final String LENT_UNASKED = "com.zaxxer.hikari.aliveBypassWindowMs";

    private OwnPool() {}

    static HikariDataSource named(String name) {
        System.setProperty(LENT_UNASKED, "600000");
        HikariConfig setup = new HikariConfig();
        setup.setPoolName(name);
        setup.setDataSource(new OwnDatabase());
        setup.setMaximumPoolSize(3);
        setup.setMinimumIdle(0);
        setup.setInitializationFailTimeout(-1);
        return new HikariDataSource(setup);
    }
}
