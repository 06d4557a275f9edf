/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Products;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Threads;
import org.connectionguard.pool.Pools;

/**
 * At which data sources nobody knows how to ask whether the server takes writes. Each is asked for a connection, all at once, and
 * five seconds later nobody is any more. For any thread.
 */
public final class WriteSurvey {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Pools pools = new Pools();
    private final Duration patience;
    private final Function<String, Threads> threads;

    /** A survey that has not begun. */
    public WriteSurvey() {
        this(PATIENCE, Threads::named);
    }

    /** One that waits so long, and asks on threads that are made so, by their name. */
    WriteSurvey(Duration patience, Function<String, Threads> threads) {
        this.patience = patience;
        this.threads = threads;
    }

    /**
     * The data sources that cannot be asked, each with its product's name. One that gives no connection in time is not among
     * them: of its product nothing is known.
     */
    public Map<DataSource, String> uncheckable(Collection<Target> targets) {
        Map<DataSource, Interview<String>> interviews = new LinkedHashMap<>();
        try {
            for (Target target : targets) {
                interviews.computeIfAbsent(target.dataSource(), dataSource -> interview(target));
            }
            interviews.values().forEach(Interview::begin);
            Map<DataSource, String> uncheckable = new HashMap<>();
            interviews.forEach((dataSource, interview) ->
                    interview.await().said().ifPresent(product -> uncheckable.put(dataSource, product)));
            return uncheckable;
        } finally {
            interviews.values().forEach(Interview::close);
        }
    }

    private Interview<String> interview(Target target) {
        return new Interview<>(
                target.dataSource(),
                WriteSurvey::uncheckable,
                threads.apply("connection-guard deployment " + target.name()),
                pools,
                patience,
                () -> {});
    }

    private static Optional<String> uncheckable(Connection connection) throws SQLException {
        Optional<DatabaseProduct> product = Products.of(connection);
        boolean checkable = product.isPresent()
                && product.get().validationQuery(connection, true).isPresent();
        return checkable
                ? Optional.empty()
                : Optional.of(connection.getMetaData().getDatabaseProductName());
    }
}
