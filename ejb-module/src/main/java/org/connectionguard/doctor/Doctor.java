/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.Finding;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Products;
import org.connectionguard.database.ServerFacts;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Threads;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.pool.Pools;

/**
 * Gathers the facts of data sources, one after another, and makes findings of them. At most one thread is left to a data
 * source that does not let go of it, and from Java 21 on none; who asks while it is still held gets the same answer. For any
 * thread.
 */
public final class Doctor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final WildFlyModel model = new WildFlyModel();
    private final Pools pools = new Pools();
    private final Map<DataSource, Interview<ServerFacts>> interviews = new ConcurrentHashMap<>();
    private final Duration patience;
    private final Function<String, Threads> threads;
    private volatile boolean closed;

    /** A doctor that has not begun. */
    public Doctor() {
        this(PATIENCE, Threads::named);
    }

    /** One that waits so long for each data source, and asks on threads that are made so, by their name. */
    Doctor(Duration patience, Function<String, Threads> threads) {
        this.patience = patience;
        this.threads = threads;
    }

    /**
     * Returns when the server has started and nothing is being deployed, at the latest after ten minutes. Until then WildFly
     * does not show all of its configuration and of what comes with the application, and has enough to do.
     */
    public void awaitStart() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!closed && model.isChanging() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The data sources, and those in which the timer service keeps its timers. */
    public List<Target> withTimerStores(Collection<Target> targets) {
        Set<DataSource> known = targets.stream().map(Target::dataSource).collect(Collectors.toSet());
        return Stream.concat(
                        targets.stream(),
                        model.timerStores().stream().filter(store -> !known.contains(store.dataSource())))
                .toList();
    }

    /** Examines the data sources; five seconds each at most. */
    public List<Finding> examine(Collection<Target> targets) {
        ContainerFacts container = model.container();
        return new Examination(
                        targets.stream().map(target -> facts(target, container)).toList())
                .findings();
    }

    private Facts facts(Target target, ContainerFacts container) {
        Interview.Answer<ServerFacts> answer = closed ? Interview.Answer.none(Diagnoses.interrupted()) : ask(target);
        // What is being deployed comes to be shown at any moment: asked first, or a pool might be missed and called not
        // shown.
        boolean allShown = !model.isChanging();
        Optional<PoolFacts> pool = model.pool(target);
        return new Facts(
                target.name(),
                target.settings(),
                answer.said(),
                answer.noAnswer(),
                pool,
                allShown && pool.isEmpty() && WildFlyModel.makes(target.dataSource()),
                model.timerStore(target),
                container);
    }

    private Interview.Answer<ServerFacts> ask(Target target) {
        DataSource dataSource = target.dataSource();
        try (Interview<ServerFacts> own = new Interview<>(
                dataSource,
                Doctor::facts,
                threads.apply("connection-guard doctor " + target.name()),
                pools,
                patience,
                () -> interviews.remove(dataSource))) {
            Optional<Interview<ServerFacts>> underWay = Optional.ofNullable(interviews.putIfAbsent(dataSource, own));
            if (underWay.isPresent()) {
                return underWay.get().await();
            }
            own.begin();
            if (closed) {
                // While it began, it may not have been among those that were stopped.
                own.stop();
            }
            return own.await();
        }
    }

    private static Optional<ServerFacts> facts(Connection connection) throws SQLException {
        Optional<DatabaseProduct> product = Products.of(connection);
        return product.isPresent() ? Optional.of(product.get().facts(connection)) : Optional.empty();
    }

    /** Ends what is under way; from now on nobody is asked. */
    @Override
    public void close() {
        closed = true;
        interviews.values().forEach(Interview::stop);
    }
}
