/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.discovery.DataSources.Key;
import org.connectionguard.message.Messages;

/**
 * The names of one deployment that lead nowhere yet, though they may at any moment: applications bind names themselves, when
 * their beans begin. For any thread.
 */
final class LateNames {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** Of the module, of the component: not every thread sees these. */
    private static final Pattern OF_SOME = Pattern.compile("(java:(?:app|module|comp))/(.+)");

    /** Jakarta EE platform, EE.5.2.2. */
    private static final Pattern OF_APPLICATIONS = Pattern.compile("java:(?:global|app|module|comp)/.+");

    /** @param place that names it */
    private record Waiting(LateDataSource dataSource, String place) {}

    private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();
    private final Set<Key> told = ConcurrentHashMap.newKeySet();

    /**
     * Whether a name is of a kind that applications and the descriptors of their deployments bind. In a server's own namespaces, as
     * {@code java:jboss}, they seldom do, and a name there that leads nowhere is a slip of the pen.
     */
    static boolean mayCome(String name) {
        return OF_APPLICATIONS.matcher(name).matches() && !name.equals(Discovery.PLATFORM_DEFAULT);
    }

    /**
     * How any thread finds what is bound to a name, as the calling one would: by the namespace that this one sees.
     *
     * @param plainly finds a name as the thread sees it that does so
     */
    static Supplier<Optional<Object>> lookUp(String name, Function<String, Optional<Object>> plainly) {
        Matcher ofSome = OF_SOME.matcher(name);
        Optional<Context> namespace = ofSome.matches()
                ? plainly.apply(ofSome.group(1))
                        .filter(Context.class::isInstance)
                        .map(Context.class::cast)
                : Optional.empty();
        return () -> plainly.apply(name).or(() -> namespace.flatMap(within -> find(within, ofSome.group(2))));
    }

    private static Optional<Object> find(Context namespace, String name) {
        try {
            return Optional.ofNullable(namespace.lookup(name));
        } catch (NamingException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** What stands for the data source until it comes. */
    LateDataSource standIn(Key key, String place, Supplier<Optional<Object>> lookUp) {
        return waiting.computeIfAbsent(key, first -> new Waiting(new LateDataSource(key.name(), lookUp), place))
                .dataSource();
    }

    /** It has come: nothing stands for it any more. Who has waited there, or was told, is told so. */
    void hasCome(Key key) {
        Waiting before = waiting.remove(key);
        if (before != null && (told.remove(key) || before.dataSource().hasBeenMissed())) {
            LOG.log(Level.INFO, Messages.thereNow(key.name(), before.place()));
        }
    }

    /** Says of those that have not come that they are waited for: once each. */
    void tell() {
        waiting.forEach((key, each) -> {
            if (!told.contains(key) && !each.dataSource().isBound() && told.add(key)) {
                LOG.log(Level.WARNING, Messages.missingYet(key.name(), each.place()));
            }
        });
    }

    boolean isWaitingFor(String name) {
        return waiting.keySet().stream().anyMatch(key -> key.name().equals(name));
    }

    /** The name that leads to a data source by now, of those that are waited for. */
    Optional<String> nameOf(DataSource dataSource) {
        return waiting.entrySet().stream()
                .filter(each -> each.getValue().dataSource().leadsTo(dataSource))
                .map(each -> each.getKey().name())
                .findFirst();
    }
}
