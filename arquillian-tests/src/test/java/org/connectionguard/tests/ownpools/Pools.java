/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;

/** Makes a pool for who injects it. */
@ApplicationScoped
public class Pools {
    @Produces
    @ApplicationScoped
    DataSource reports() {
        return OwnPool.named("Reports");
    }

    void close(@Disposes DataSource reports) {
        ((HikariDataSource) reports).close();
    }
}
