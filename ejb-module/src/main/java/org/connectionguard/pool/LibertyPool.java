/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.connectionguard.pool.PoolDescription.Product;

/**
 * A pool of Open Liberty's, by its own objects. Idle connections are taken out one by one, as the pool does it with one that
 * it was told to be broken. Its own purge marks what is lent, too, and cuts nothing off before it closes it.
 *
 * @param dataSource how the data source is set up, if that can be reached
 */
record LibertyPool(
        LibertyClasses classes, LibertyPoolClasses behind, Object pool, Optional<LibertyDataSource> dataSource)
        implements PoolControl {
    /** An idle entry, and where it was. */
    private record Taken(Object part, Object entry) {}

    @Override
    public OptionalInt free() {
        try {
            int size = behind.maxSize().get(Integer.class, settings());
            if (size == 0) {
                return OptionalInt.empty();
            }
            int lent = behind.size().get(AtomicInteger.class, pool).get();
            for (Object part : parts()) {
                // Without its lock, which a borrower may hold for long: the number may be a little wrong.
                lent -= behind.idle().get(List.class, part).size();
            }
            return OptionalInt.of(Math.max(0, size - Math.max(0, lent)));
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }

    private Object settings() throws SQLException {
        return behind.settings().get(Object.class, pool);
    }

    private Object[] parts() throws SQLException {
        return behind.parts().get(Object[].class, pool);
    }

    @Override
    public Enlistment enlistment() {
        try {
            return switch (behind.support().get(Enum.class, settings()).name()) {
                case "XATransaction" -> Enlistment.TWO_PHASE;
                case "LocalTransaction" -> Enlistment.ONE_PHASE;
                case "NoTransaction" -> Enlistment.NONE;
                default -> Enlistment.UNKNOWN;
            };
        } catch (SQLException e) {
            return Enlistment.UNKNOWN;
        }
    }

    @Override
    public Optional<PoolDescription> describe(Set<String> options) {
        try {
            Object settings = settings();
            Getters configuration = new Getters(settings.getClass(), settings);
            int size = (int) configuration.number("getMaxConnections");
            LibertyDataSource setUp = dataSource.orElseThrow(() -> new SQLException("The data source is not known"));
            return Optional.of(new PoolDescription(
                    Product.LIBERTY,
                    setUp.id(),
                    new PoolSettings(
                            size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
                            longestIdle(configuration),
                            Optional.empty(),
                            setUp.validates() ? Optional.of(Duration.ZERO) : Optional.empty(),
                            configuration.seconds("getConnectionTimeout")),
                    Optional.of(DriverProperties.of(Optional.of(setUp.properties()), options)),
                    true));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** As many as minPoolSize stay however long they are idle; age counts for them, too. */
    private static Optional<Duration> longestIdle(Getters configuration) throws SQLException {
        Optional<Duration> rounds = configuration.seconds("getReapTime");
        Optional<Duration> idle = configuration.number("getMinConnections") > 0
                ? Optional.empty()
                : configuration.seconds("getUnusedTimeout");
        return Stream.of(idle, configuration.seconds("getAgedTimeout"))
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .flatMap(time -> rounds.map(time::plus));
    }

    @Override
    public void sweep() throws SQLException {
        List<Taken> taken = new ArrayList<>();
        try {
            for (Object part : parts()) {
                for (Object entry : behind.idleIn(part)) {
                    if (behind.take().get(Boolean.class, part, entry)) {
                        taken.add(new Taken(part, entry));
                    }
                }
            }
            Foreign.forEach(taken, each -> sessionOf(each.entry()).ifPresent(Foreign::abort));
        } finally {
            Foreign.forEach(taken, this::destroy);
        }
    }

    /** The pool counts it off, whatever its destruction says. */
    private void destroy(Taken each) throws SQLException {
        try {
            behind.destroy().call(each.part(), each.entry());
        } finally {
            behind.forget().call(each.part(), each.entry(), false, true, false, true);
        }
    }

    private Optional<Connection> sessionOf(Object entry) throws SQLException {
        Optional<Object> managed = behind.managed().find(Object.class, entry);
        return managed.isPresent() ? classes.session().find(Connection.class, managed.get()) : Optional.empty();
    }
}
