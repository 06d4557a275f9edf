/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.util.Map;
import java.util.Optional;

/**
 * What a pool tells of how it is set up. Immutable.
 *
 * @param product whose pool it is, and so in whose words its settings are written
 * @param name what it is called where it is set up; Agroal's do not know
 * @param settings what it is set up to do
 * @param driverOptions those asked for that it gives to its driver, beside the URL; empty: it was given a data source of the
 *     driver's that is set up already
 * @param bySetters whether it gives them by the setters of a data source of the driver's
 */
public record PoolDescription(
        Product product,
        String name,
        PoolSettings settings,
        Optional<Map<String, String>> driverOptions,
        boolean bySetters) {
    /** Whose pool it is. */
    public enum Product {
        HIKARI,
        TOMCAT_JDBC,
        TOMEE,
        GLASSFISH,
        LIBERTY,
        AGROAL
    }

    /** The same, where another product sets it up. */
    PoolDescription setUpBy(Product other) {
        return new PoolDescription(other, name, settings, driverOptions, bySetters);
    }
}
