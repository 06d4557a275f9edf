/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;

/**
 * The data sources of one deployment by their JNDI names. A name stands for one object for as long as that is in use, also on
 * servers that make an object for each look-up (GlassFish), for to the engine each object is a database of its own. For any
 * thread.
 */
final class DataSources {
    /** Of one deployment, however many names it waits for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(50);

    /** Bound wherever a component's names are visible. */
    private static final String COMPONENT = "java:comp";

    /** Where TomEE has what its configuration names; its applications leave that away. */
    private static final String TOMEE = "openejb:Resource/";

    /**
     * A name, which may mean one thing only at its place.
     *
     * @param place empty where it means the same everywhere
     */
    record Key(String name, String place) {}

    private final Map<Key, DataSource> known = new ConcurrentHashMap<>();

    /** For these the server makes an object for each look-up, maybe a whole pool: they are looked up no more. */
    private final Set<Key> madeAnew = ConcurrentHashMap.newKeySet();

    private final LateNames late = new LateNames();
    private final AtomicLong waited = new AtomicLong();
    private final Duration patience;

    /** None known. */
    DataSources() {
        this(PATIENCE);
    }

    /** One that waits so long for missing names. */
    DataSources(Duration patience) {
        this.patience = patience;
    }

    /**
     * The data source of a name: what was found the last time, until there is another. A name that is gone leads to what it
     * led to, for who re-creates a data source takes the old one away first; on a server that makes an object for each look-up
     * nobody can tell whether it is another.
     *
     * @param place where the name stands
     * @throws GuardDefinitionException when the name has never been known, or is not a data source
     */
    DataSource of(String name, String place) {
        Key key = key(name, place);
        Optional<DataSource> before = Optional.ofNullable(known.get(key));
        if (before.isPresent() && madeAnew.contains(key)) {
            return before.get();
        }
        Optional<Object> there = find(name);
        if (before.isPresent() && (there.isEmpty() || there.get().equals(before.get()))) {
            return before.get();
        }
        if (before.isPresent() && !isStable(key, there.get())) {
            return before.get();
        }
        Object found = there.orElseThrow(() -> new GuardDefinitionException(Messages.unknownDataSource(name, place)));
        if (!(found instanceof DataSource dataSource)) {
            throw new GuardDefinitionException(
                    Messages.notADataSource(name, found.getClass().getName(), place));
        }
        if (before.isPresent()) {
            known.put(key, dataSource);
            return dataSource;
        }
        return Optional.ofNullable(known.putIfAbsent(key, dataSource)).orElse(dataSource);
    }

    /**
     * The same for a name that an annotation or a setting gives the guard. Where the application could bind it itself, and nobody
     * has done so yet, there is something in its place that can be asked like any data source.
     *
     * @throws GuardDefinitionException when there is no data source, and the server alone could have bound it
     */
    DataSource orLate(String name, String place) {
        Key key = key(name, place);
        if (known.containsKey(key) || !LateNames.mayCome(name) || isBound(name)) {
            DataSource there = of(name, place);
            late.hasCome(key);
            return there;
        }
        return late.standIn(key, place, LateNames.lookUp(name, DataSources::lookUp));
    }

    /** Says of each name once that it is waited for. */
    void tellMissing() {
        late.tell();
    }

    /** Whether something stood in the place of one of them when the plan was made. */
    static boolean areMissing(Plan plan) {
        return plan.targets().stream().anyMatch(target -> target.dataSource() instanceof LateDataSource);
    }

    /** The names of those to which nothing is bound yet. */
    static List<String> missing(List<Target> targets) {
        return targets.stream()
                .filter(target -> target.dataSource() instanceof LateDataSource late && !late.isBound())
                .map(Target::name)
                .toList();
    }

    private static Key key(String name, String place) {
        return new Key(name, isComponents(name) ? place : "");
    }

    /** The name by which a data source has been found, if it has been; of several the first in their order. */
    Optional<String> nameOf(DataSource dataSource) {
        return known.entrySet().stream()
                .filter(found -> found.getValue().equals(dataSource))
                .map(found -> found.getKey().name())
                .min(Comparator.naturalOrder())
                .or(() -> late.nameOf(dataSource));
    }

    /** Whether there is something under the name, or has been. */
    boolean isKnown(String name, String place) {
        return known.containsKey(key(name, place)) || isBound(name);
    }

    /** Names for which each component, or each module, may have another meaning: Jakarta EE platform, EE.5.2.2. */
    private static boolean isComponents(String name) {
        return name.startsWith("java:module/")
                || name.startsWith("java:comp/") && !name.equals(Discovery.PLATFORM_DEFAULT);
    }

    private static Optional<Object> find(String name) {
        return lookUp(name).or(() -> name.startsWith("java:") ? Optional.empty() : lookUp(TOMEE + name));
    }

    private static Optional<Object> lookUp(String name) {
        try {
            return Optional.ofNullable(InitialContext.doLookup(name));
        } catch (NamingException | RuntimeException | LinkageError e) {
            // What makes the object may fail in its own way.
            return Optional.empty();
        }
    }

    /** Whether this server gives the same object again. */
    private boolean isStable(Key key, Object found) {
        Optional<Object> again = find(key.name());
        boolean stable = again.filter(found::equals).isPresent();
        if (again.isPresent() && !stable) {
            madeAnew.add(key);
        }
        return stable;
    }

    /** Whether the name leads to the data source, as seen from here and now. */
    boolean leadsTo(String name, DataSource dataSource) {
        return find(name).filter(dataSource::equals).isPresent();
    }

    /** Whether nothing is under the name, though every component would see it. */
    boolean leadsNowhere(String name) {
        return !isComponents(name) && !isBound(name) && !late.isWaitingFor(name);
    }

    /** Whether there is anything under the name, as seen from here and now. */
    boolean isBound(String name) {
        return find(name).isPresent();
    }

    /**
     * Gives names some seconds to appear, all names of a deployment together: while a server starts, the data sources of its
     * configuration come up beside the deployments.
     *
     * @param later those that are not waited for
     * @return whether it may be said now what is wrong with them. A name in java:comp belongs to a component; where it
     *     is not visible from here (an EJB module of an EAR) only the component itself can tell.
     */
    boolean await(List<String> names, Predicate<String> later) {
        if (!unseen(names).isEmpty()) {
            return false;
        }
        for (String name : names) {
            while (!later.test(name) && !isBound(name) && waited.get() < patience.toNanos()) {
                long start = System.nanoTime();
                LockSupport.parkNanos(POLL.toNanos());
                waited.addAndGet(System.nanoTime() - start);
            }
        }
        return true;
    }

    /** Those that may be bound all the same: they belong to a component, and this is not it. */
    List<String> unseen(List<String> names) {
        return names.stream()
                .filter(name -> isComponents(name) || name.equals(Discovery.PLATFORM_DEFAULT) && !isBound(COMPONENT))
                .filter(name -> !isBound(name))
                .toList();
    }
}
