/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.connectionguard.pool.PoolDescription.Product;

/**
 * A pool of HikariCP's, by its own objects. Idle connections are reserved as the pool's housekeeper does it, and cut off
 * before the pool destroys them: it closes them on one thread, which a silent server would hold up. The pool's own {@code
 * softEvictConnections} would mark what is lent, too.
 *
 * <p>The pool is held weakly, since it holds the data source that it belongs to: whoever keeps this keeps neither.
 */
record HikariPool(HikariClasses classes, WeakReference<Object> reference) implements PoolControl {
    /** A checkout asks no connection that was in use so recently. */
    private static final Duration ALIVE_BYPASS = Duration.ofMillis(500);

    /** How often the pool looks for connections that were idle too long. */
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);

    HikariPool(HikariClasses classes, Object pool) {
        this(classes, new WeakReference<>(pool));
    }

    /** Of one pool all are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HikariPool control && control.reference.refersTo(reference.get());
    }

    @Override
    public int hashCode() {
        return classes.hashCode();
    }

    @Override
    public OptionalInt free() {
        Object pool = reference.get();
        return pool == null ? OptionalInt.empty() : free(pool);
    }

    private OptionalInt free(Object pool) {
        try {
            Object configuration = classes.configuration().get(Object.class, pool);
            int size = classes.maxSize().get(Integer.class, configuration);
            return OptionalInt.of(Math.max(0, size - classes.active().get(Integer.class, pool)));
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }

    /** It knows no transactions. */
    @Override
    public Enlistment enlistment() {
        return Enlistment.NONE;
    }

    @Override
    public Optional<PoolDescription> describe(Set<String> options) {
        return Optional.ofNullable(reference.get()).flatMap(pool -> describe(pool, options));
    }

    private Optional<PoolDescription> describe(Object pool, Set<String> options) {
        try {
            Getters configuration = Getters.of(
                    "com.zaxxer.hikari.HikariConfig", classes.configuration().get(Object.class, pool));
            PoolSettings settings = new PoolSettings(
                    OptionalInt.of((int) configuration.number("getMaximumPoolSize")),
                    longestIdle(configuration),
                    configuration.millis("getKeepaliveTime"),
                    Optional.of(ALIVE_BYPASS),
                    configuration.millis("getConnectionTimeout"));
            boolean given = configuration.find("getDataSource").isPresent()
                    || configuration.find("getDataSourceJNDI").isPresent();
            Optional<Map<String, String>> told = given
                    ? Optional.empty()
                    : Optional.of(DriverProperties.of(
                            configuration.find("getDataSourceProperties").map(Properties.class::cast), options));
            return Optional.of(new PoolDescription(
                    Product.HIKARI,
                    configuration.text("getPoolName"),
                    settings,
                    told,
                    configuration.find("getDataSourceClassName").isPresent()));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** As many as minimumIdle stay however long they are idle. */
    private static Optional<Duration> longestIdle(Getters configuration) throws SQLException {
        Optional<Duration> life = configuration.millis("getMaxLifetime");
        Optional<Duration> idle = configuration.number("getMinimumIdle") > 0
                ? Optional.empty()
                : configuration.millis("getIdleTimeout").map(HOUSEKEEPING::plus);
        return Stream.of(life, idle).flatMap(Optional::stream).min(Duration::compareTo);
    }

    @Override
    public void sweep() throws SQLException {
        Object pool = reference.get();
        if (pool != null) {
            sweep(pool);
        }
    }

    private void sweep(Object pool) throws SQLException {
        Object bag = classes.bag().get(Object.class, pool);
        List<Object> taken = new ArrayList<>();
        try {
            for (Object entry : classes.inState().get(List.class, bag, classes.idle())) {
                if (classes.reserve().get(Boolean.class, bag, entry)) {
                    taken.add(entry);
                    classes.connection().find(Connection.class, entry).ifPresent(Foreign::abort);
                }
            }
        } finally {
            Foreign.forEach(taken, entry -> classes.destroy().call(pool, entry, "(connection evicted)"));
        }
    }
}
