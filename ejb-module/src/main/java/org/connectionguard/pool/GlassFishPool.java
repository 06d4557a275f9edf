/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.connectionguard.pool.PoolDescription.Product;

/**
 * A pool of GlassFish's or of Payara's, by its own objects. Idle connections are taken out as a borrower takes them. The
 * server's own {@code flushConnectionPool} destroys what is lent, too, and then connects, which fails while the database is
 * down.
 *
 * @param pool the connector runtime's
 */
record GlassFishPool(GlassFishClasses classes, GlassFishPoolClasses behind, Object pool, Enlistment enlistment)
        implements PoolControl {

    @Override
    public OptionalInt free() {
        if (!behind.countsAtOnce()) {
            return OptionalInt.empty();
        }
        try {
            Object entries = entries();
            int lent = behind.size().get(Integer.class, entries) - behind.idle().get(Integer.class, entries);
            return OptionalInt.of(Math.max(0, behind.maxSize().get(Integer.class, pool) - lent));
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public boolean bearsInterruption() {
        return behind.bearsInterruption();
    }

    /** As the server's configuration has it, which has nothing of a pool that an application defines. */
    @Override
    public Optional<PoolDescription> describe(Set<String> options) {
        try {
            Optional<Object> configured = behind.configured(pool);
            return configured.isPresent() ? Optional.of(describe(configured.get(), options)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static PoolDescription describe(Object configured, Set<String> options) throws SQLException {
        Getters configuration = Getters.of("org.glassfish.jdbc.config.JdbcConnectionPool", configured);
        PoolSettings settings = new PoolSettings(
                OptionalInt.of((int) configuration.number("getMaxPoolSize")),
                // As often as that it looks for those that were idle so long.
                configuration.seconds("getIdleTimeoutInSeconds").map(idle -> idle.multipliedBy(2)),
                Optional.empty(),
                configuration.flag("getIsConnectionValidationRequired")
                        ? configuration
                                .seconds("getValidateAtmostOncePeriodInSeconds")
                                .or(() -> Optional.of(Duration.ZERO))
                        : Optional.empty(),
                configuration.millis("getMaxWaitTimeInMillis"));
        Map<String, String> told = new HashMap<>();
        for (Object each :
                configuration.find("getProperty").map(List.class::cast).orElse(List.of())) {
            Getters property = Getters.of("org.jvnet.hk2.config.types.Property", each);
            String name = property.text("getName");
            if (options.contains(name)) {
                told.put(name, property.text("getValue"));
            }
        }
        return new PoolDescription(
                Product.GLASSFISH, configuration.text("getName"), settings, Optional.of(Map.copyOf(told)), true);
    }

    private Object entries() throws SQLException {
        return behind.entries().get(Object.class, pool);
    }

    /** Whatever it is doing; nothing, where it is gone already. */
    void destroy(Object entry) throws SQLException {
        behind.destroy().call(entries(), entry);
    }

    boolean isEnlisted(Object entry) throws SQLException {
        return behind.enlisted().get(Boolean.class, entry);
    }

    @Override
    public void sweep() throws SQLException {
        Object entries = entries();
        List<Object> taken = new ArrayList<>();
        try {
            // Not those that come back meanwhile: there may be no end of them.
            for (int idle = behind.idle().get(Integer.class, entries); idle > 0; idle--) {
                behind.take().find(Object.class, entries).ifPresent(taken::add);
            }
            Foreign.forEach(taken, this::abort);
        } finally {
            Foreign.forEach(taken, entry -> behind.destroy().call(entries, entry));
        }
    }

    private void abort(Object entry) throws SQLException {
        Object managed = behind.managed().get(Object.class, entry);
        classes.session().find(Connection.class, managed).ifPresent(Foreign::abort);
    }
}
