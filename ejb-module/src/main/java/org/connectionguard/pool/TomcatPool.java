/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.connectionguard.pool.PoolDescription.Product;

/**
 * A pool of tomcat-jdbc's, by its own objects. Idle connections are taken out of its queue as a borrower takes them. Its own
 * {@code purge} would mark what is lent, too, and closes each idle connection while it keeps it from being borrowed: the
 * first one whose server is silent holds up the rest.
 */
record TomcatPool(TomcatClasses classes, Object pool) implements PoolControl {
    @Override
    public OptionalInt free() {
        try {
            int size = classes.maxActive().get(Integer.class, settings());
            int idle = classes.idle().get(Queue.class, pool).size();
            // Also what it is connecting has a place, though it is not lent yet.
            return OptionalInt.of(Math.max(0, size - (classes.size().get(Integer.class, pool) - idle)));
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether its users get autocommit: JDBC's default, where nothing is set. */
    boolean autocommit() throws SQLException {
        return classes.autocommit().find(Boolean.class, settings()).orElse(true);
    }

    private Object settings() throws SQLException {
        return classes.settings().get(Object.class, pool);
    }

    /** It enlists nothing, not even what is XA. */
    @Override
    public Enlistment enlistment() {
        return Enlistment.NONE;
    }

    @Override
    public Optional<PoolDescription> describe(Set<String> options) {
        try {
            Getters configuration = Getters.of("org.apache.tomcat.jdbc.pool.PoolConfiguration", settings());
            // With nothing to do for it, the pool has no thread that looks after what is idle.
            Optional<Duration> rounds = configuration.flag("isPoolSweeperEnabled")
                    ? configuration.millis("getTimeBetweenEvictionRunsMillis")
                    : Optional.empty();
            boolean asksAtCheckout = configuration.flag("isTestOnBorrow");
            PoolSettings settings = new PoolSettings(
                    OptionalInt.of((int) configuration.number("getMaxActive")),
                    longestIdle(configuration, rounds),
                    configuration.flag("isTestWhileIdle") ? rounds : Optional.empty(),
                    asksAtCheckout
                            ? configuration.millis("getValidationInterval").or(() -> Optional.of(Duration.ZERO))
                            : Optional.empty(),
                    configuration.millis("getMaxWait"));
            boolean given = configuration.find("getDataSource").isPresent()
                    || configuration.find("getDataSourceJNDI").isPresent();
            Optional<Map<String, String>> told = given
                    ? Optional.empty()
                    : Optional.of(DriverProperties.of(
                            configuration.find("getDbProperties").map(Properties.class::cast), options));
            return Optional.of(
                    new PoolDescription(Product.TOMCAT_JDBC, configuration.text("getName"), settings, told, false));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** As many as minIdle stay however long they are idle; one that is too old is exchanged when it is borrowed. */
    private static Optional<Duration> longestIdle(Getters configuration, Optional<Duration> rounds)
            throws SQLException {
        Optional<Duration> idle = configuration.number("getMinIdle") > 0
                ? Optional.empty()
                : configuration.millis("getMinEvictableIdleTimeMillis").flatMap(time -> rounds.map(time::plus));
        return Stream.of(configuration.millis("getMaxAge"), idle)
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    @Override
    public void sweep() throws SQLException {
        Queue<?> idle = classes.idle().get(Queue.class, pool);
        List<Object> found = new ArrayList<>();
        // The queue has no toArray. Not those that come back meanwhile: there may be no end of them.
        idle.iterator().forEachRemaining(found::add);
        found.removeIf(each -> !idle.remove(each));
        try {
            Foreign.forEach(found, pooled -> classes.physicalOf(pooled).ifPresent(Foreign::abort));
        } finally {
            Foreign.forEach(found, pooled -> classes.release().call(pool, pooled));
        }
    }
}
