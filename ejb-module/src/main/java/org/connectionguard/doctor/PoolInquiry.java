/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.connectionguard.message.GlassFishPlace;
import org.connectionguard.message.HikariPlace;
import org.connectionguard.message.LibertyPlace;
import org.connectionguard.message.PoolPlace;
import org.connectionguard.message.TomEePlace;
import org.connectionguard.message.TomcatPlace;
import org.connectionguard.pool.Pool;
import org.connectionguard.pool.PoolDescription;
import org.connectionguard.pool.PoolDescription.Product;
import org.connectionguard.pool.Pools;

/** What a pool tells of itself, by way of a connection that it has lent. For any thread. */
record PoolInquiry(Pools pools) {
    /**
     * How the pool is set up that has lent a handle; empty where it does not tell, or its driver fails.
     *
     * @param agroal what is known of it where it is one of Agroal's, which does not know where it is set up
     */
    Optional<PoolFacts> ask(Connection handle, Supplier<Optional<ManagedFacts>> agroal) {
        Pool pool = pools.of(handle);
        Optional<PoolDescription> told = pool.control(handle).flatMap(control -> control.describe(DriverOptions.NAMES));
        try {
            return told.isPresent()
                    ? Optional.of(facts(told.get(), pool.physical(handle).orElse(handle), agroal))
                    : Optional.empty();
        } catch (SQLException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static PoolFacts facts(PoolDescription told, Connection physical, Supplier<Optional<ManagedFacts>> agroal)
            throws SQLException {
        Optional<ManagedFacts> managed = told.product() == Product.AGROAL ? agroal.get() : Optional.empty();
        return new PoolFacts(place(told, managed), told.settings(), options(told, physical), managed, Optional.empty());
    }

    /** The driver knows its own URL. It is not kept: a password may be in it. */
    private static DriverOptions options(PoolDescription told, Connection physical) throws SQLException {
        Optional<Map<String, String>> options = told.driverOptions();
        String url = Optional.ofNullable(physical.getMetaData().getURL()).orElse("");
        return options.isPresent()
                ? DriverOptions.of(url, physical.getClass().getName(), told.bySetters(), options.get())
                : DriverOptions.unreadable(url);
    }

    private static PoolPlace place(PoolDescription told, Optional<ManagedFacts> managed) throws SQLException {
        return switch (told.product()) {
            case HIKARI -> new HikariPlace(told.name());
            case TOMCAT_JDBC -> new TomcatPlace(told.name());
            case TOMEE -> new TomEePlace(told.name());
            case GLASSFISH -> new GlassFishPlace(told.name());
            case LIBERTY -> new LibertyPlace(told.name());
            case AGROAL ->
                managed.map(ManagedFacts::place)
                        .orElseThrow(() -> new SQLException("Nobody knows where this pool is set up"));
        };
    }
}
