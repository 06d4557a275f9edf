/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import org.connectionguard.pool.PoolDescription.Product;

/**
 * A pool of Agroal's, by its own objects. Idle connections are taken as a borrower takes them, and cut off before the pool
 * destroys them: it does so on the one thread that also makes its connections, and a silent server would hold that up.
 *
 * @param xa whether its connections have an XAResource
 */
record AgroalPool(AgroalClasses classes, Object pool, boolean xa) implements PoolControl {
    /** What Agroal calls a pool that knows no transactions; the class has no name of its own. */
    private static final String NO_INTEGRATION = "io.agroal.api.transaction.TransactionIntegration$";

    private static final long IDLE_SECONDS = 10;

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
    public boolean isHeldUp() {
        try {
            ThreadPoolExecutor executor = executor();
            return executor.getActiveCount() >= executor.getCorePoolSize() && free().orElse(0) > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private ThreadPoolExecutor executor() throws SQLException {
        return classes.executor().get(ThreadPoolExecutor.class, pool);
    }

    /**
     * With several threads it may have a connection or two too many for a moment: it destroys those when they come back. The
     * threads end when they have nothing to do: one that is started here has no application's class loader as its context, but
     * before Java 24 it remembers who started it.
     */
    @Override
    public void relieve() throws SQLException {
        ThreadPoolExecutor executor = executor();
        Thread current = Thread.currentThread();
        ClassLoader own = current.getContextClassLoader();
        current.setContextClassLoader(pool.getClass().getClassLoader());
        try {
            Foreign.call("Giving the pool a thread", () -> {
                executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
                executor.allowCoreThreadTimeOut(true);
                executor.setCorePoolSize(executor.getCorePoolSize() + 1);
            });
        } finally {
            current.setContextClassLoader(own);
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

    @Override
    public Optional<PoolDescription> describe(Set<String> options) {
        try {
            Getters setUp =
                    Getters.of(AgroalClasses.CONFIGURATION + "AgroalConnectionPoolConfiguration", configuration());
            Getters driver = Getters.of(
                    AgroalClasses.CONFIGURATION + "AgroalConnectionFactoryConfiguration",
                    classes.factory().get(Object.class, configuration()));
            PoolSettings settings = new PoolSettings(
                    OptionalInt.of((int) setUp.number("maxSize")),
                    longestIdle(setUp),
                    setUp.duration("validationTimeout"),
                    setUp.duration("idleValidationTimeout"),
                    setUp.duration("acquisitionTimeout"));
            Map<String, String> told =
                    DriverProperties.of(driver.find("jdbcProperties").map(Properties.class::cast), options);
            return Optional.of(
                    new PoolDescription(Product.AGROAL, "", settings, Optional.of(told), connectsByDataSource(driver)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** It looks for idle ones as often as they may be idle; as many as minSize stay, but age counts for them, too. */
    private static Optional<Duration> longestIdle(Getters setUp) throws SQLException {
        Optional<Duration> idle = setUp.number("minSize") > 0
                ? Optional.empty()
                : setUp.duration("reapTimeout").map(time -> time.multipliedBy(2));
        return Stream.of(setUp.duration("maxLifetime"), idle)
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    private static boolean connectsByDataSource(Getters driver) throws SQLException {
        return driver.find("connectionProviderClass")
                .map(Class.class::cast)
                .filter(provider -> CommonDataSource.class.isAssignableFrom(provider))
                .isPresent();
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
