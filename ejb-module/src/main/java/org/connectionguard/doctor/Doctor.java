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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private static final String WILDFLY = "WildFly";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_TIMER_START = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String server;
    private final Supplier<ServerLimits> limits;
    private final Pools pools = new Pools();
    private final PoolInquiry poolInquiry = new PoolInquiry(pools);
    private final Map<DataSource, Interview<Consultation>> interviews = new ConcurrentHashMap<>();
    private final Duration patience;
    private final Function<String, Threads> threads;
    private volatile boolean closed;

    /** What the connection of a data source tells, each as far as it is known. */
    private record Consultation(Optional<ServerFacts> server, Optional<PoolFacts> pool) {
        static final Consultation NONE = new Consultation(Optional.empty(), Optional.empty());
    }

    /**
     * A doctor that has not begun.
     *
     * @param server the application server's name
     * @param limits of the server, as far as it tells them; asked where they are needed, and not of WildFly
     */
    public Doctor(String server, Supplier<ServerLimits> limits) {
        this(server, limits, PATIENCE, Threads::named);
    }

    /** One that waits so long for each data source, and asks on threads that are made so, by their name. */
    Doctor(String server, Supplier<ServerLimits> limits, Duration patience, Function<String, Threads> threads) {
        this.server = server;
        this.limits = limits;
        this.patience = patience;
        this.threads = threads;
    }

    /**
     * Returns when the server has started and nothing is being deployed, at the latest after ten minutes. Until then WildFly
     * does not show all of its configuration and of what comes with the application, and has enough to do. Other servers show
     * nothing of that; but TomEE has no threads for timers before it starts the first one, which it does last of all.
     */
    public void awaitStart() {
        awaitEnd(() -> new WildFlyModel().isChanging(), LONGEST_START);
        awaitEnd(this::timersHaveYetToStart, LONGEST_TIMER_START);
    }

    private boolean timersHaveYetToStart() {
        ServerLimits present = container(new WildFlyModel()).limits();
        return present.timersStartLater() && present.timerThreads().isEmpty();
    }

    private void awaitEnd(BooleanSupplier lasting, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!closed && lasting.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The data sources, and those in which the timer service keeps its timers. */
    public List<Target> withTimerStores(Collection<Target> targets) {
        Set<DataSource> known = targets.stream().map(Target::dataSource).collect(Collectors.toSet());
        return Stream.concat(
                        targets.stream(),
                        new WildFlyModel().timerStores().stream().filter(store -> !known.contains(store.dataSource())))
                .toList();
    }

    /** Examines the data sources; five seconds each at most. */
    public List<Finding> examine(Collection<Target> targets) {
        WildFlyModel model = new WildFlyModel();
        // What is being deployed comes to be shown at any moment: asked first, or a pool might be missed and called not
        // shown.
        boolean allShown = !model.isChanging();
        ContainerFacts container = container(model);
        return new Examination(targets.stream()
                        .map(target -> facts(target, container, model, allShown))
                        .toList())
                .findings();
    }

    private ContainerFacts container(WildFlyModel model) {
        return server.equals(WILDFLY) ? model.container(server) : new ContainerFacts(server, "", limits.get());
    }

    private Facts facts(Target target, ContainerFacts container, WildFlyModel model, boolean allShown) {
        Interview.Answer<Consultation> answer =
                closed ? Interview.Answer.none(Diagnoses.interrupted()) : ask(target, model);
        Optional<PoolFacts> shown = model.pool(target);
        Consultation told = answer.said().orElse(Consultation.NONE);
        Optional<PoolFacts> pool = shown.or(told::pool);
        return new Facts(
                target.name(),
                target.dataSource().getClass().getName(),
                target.settings(),
                told.server(),
                answer.noAnswer(),
                pool,
                allShown && pool.isEmpty() && WildFlyModel.makes(target.dataSource()),
                model.timerStore(target),
                container);
    }

    private Interview.Answer<Consultation> ask(Target target, WildFlyModel model) {
        DataSource dataSource = target.dataSource();
        try (Interview<Consultation> own = new Interview<>(
                dataSource,
                connection -> consult(target, connection, model),
                threads.apply("connection-guard doctor " + target.name()),
                pools,
                patience,
                () -> interviews.remove(dataSource))) {
            Optional<Interview<Consultation>> underWay = Optional.ofNullable(interviews.putIfAbsent(dataSource, own));
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

    private Optional<Consultation> consult(Target target, Connection connection, WildFlyModel model)
            throws SQLException {
        Optional<DatabaseProduct> product = Products.of(connection);
        Optional<ServerFacts> facts =
                product.isPresent() ? Optional.of(product.get().facts(connection)) : Optional.empty();
        return Optional.of(new Consultation(facts, poolInquiry.ask(connection, () -> model.agroal(target))));
    }

    /** Ends what is under way; from now on nobody is asked. */
    @Override
    public void close() {
        closed = true;
        interviews.values().forEach(Interview::stop);
    }
}
