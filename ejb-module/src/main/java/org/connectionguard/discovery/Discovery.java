/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;

/** Finds the data sources of methods, and remembers them. For any thread. */
public final class Discovery {
    private static final String PLATFORM_DEFAULT = "java:comp/DefaultDataSource";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    /** What a method is guarded with. */
    public record Plan(List<Target> targets, OnUnavailable onUnavailable, Duration maxWait) {}

    private record Key(Class<?> type, Method method) {}

    private final Configuration configuration;
    private final BeanManager beans;
    private final UnitCatalog units;
    private final Map<Key, Plan> plans = new ConcurrentHashMap<>();

    /** For the deployment of the calling thread's context class loader. */
    public Discovery(Configuration configuration, BeanManager beans) {
        this.configuration = configuration;
        this.beans = beans;
        this.units = UnitCatalog.of(Thread.currentThread().getContextClassLoader());
    }

    /**
     * The plan of a method.
     *
     * @param type the bean's class, which may be the container's generated subclass of it
     * @throws GuardDefinitionException when the annotation cannot work
     */
    public Plan plan(Class<?> type, Method method) {
        return plans.computeIfAbsent(new Key(type, method), key -> make(declared(type), method));
    }

    /** The plan of a programmatic call: FAIL, and the configured or the platform's default where no name is given. */
    public Plan plan(String... names) {
        List<String> all = names.length == 0 ? List.of(fallback()) : Arrays.asList(names);
        return plan(all, "a call of ConnectionGuard.validate", Optional.empty());
    }

    /**
     * The data sources of all methods planned so far, each once and by the name that comes first, with the longest max-wait
     * of its methods, and demanding writes if one of them does.
     */
    public List<Target> targets() {
        Map<DataSource, Target> targets = new HashMap<>();
        for (Plan plan : plans.values()) {
            for (Target target : plan.targets()) {
                Target planned = new Target(
                        target.name(), target.dataSource(), target.settings().waiting(plan.maxWait()));
                targets.merge(target.dataSource(), planned, Discovery::moreDemanding);
            }
        }
        return targets.values().stream()
                .sorted(Comparator.comparing(Target::name))
                .toList();
    }

    private static Target moreDemanding(Target one, Target other) {
        Target first = one.name().compareTo(other.name()) <= 0 ? one : other;
        Duration longest = Stream.of(one, other)
                .map(target -> target.settings().maxWait())
                .max(Duration::compareTo)
                .orElseThrow();
        Settings settings = first.settings().waiting(longest);
        boolean writable = one.settings().writable() || other.settings().writable();
        return new Target(first.name(), first.dataSource(), writable ? settings.demandingWrites() : settings);
    }

    /**
     * At deployment: makes the plan, so that what cannot work is told now.
     *
     * <p>While a server starts, the data sources of its configuration come up beside the deployments: a name gets some seconds
     * to appear. A name in java:comp/env belongs to a component; where it is not visible from here (an EJB module of an EAR)
     * the first call decides.
     *
     * @throws GuardDefinitionException when the annotation cannot work
     */
    public void check(Class<?> type, Method method) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String name : names(declared(type), method)) {
            if (name.startsWith("java:comp/env/") && !isBound(name)) {
                return;
            }
            while (!isBound(name) && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        plan(type, method);
    }

    private Plan make(Class<?> type, Method method) {
        String place = type.getName() + "." + method.getName();
        Plan plan = plan(names(type, method), place, annotation(type, method));
        if (plan.onUnavailable() == OnUnavailable.SKIP
                && method.getReturnType().isPrimitive()
                && method.getReturnType() != void.class) {
            throw new GuardDefinitionException(Messages.primitiveCannotBeSkipped(
                    place, method.getReturnType().getName()));
        }
        return plan;
    }

    private Collection<String> names(Class<?> type, Method method) {
        Collection<String> names =
                annotation(type, method).map(each -> List.of(each.value())).orElse(List.of());
        if (names.isEmpty()) {
            names = new ResourceScanner(beans, units).scan(type);
        }
        return names.isEmpty() ? List.of(fallback()) : names;
    }

    private Plan plan(Collection<String> names, String place, Optional<ValidConnections> annotation) {
        Optional<Duration> maxWait = annotation
                .map(ValidConnections::maxWait)
                .filter(text -> !text.isEmpty())
                .map(text -> Configuration.duration("maxWait of @ValidConnections on " + place, text, true));
        boolean writable = annotation.filter(ValidConnections::writable).isPresent();
        // Two names may stand for one data source: it is asked once.
        Map<DataSource, Target> targets = new LinkedHashMap<>();
        for (String name : names) {
            DataSource dataSource = lookUp(name, place);
            targets.putIfAbsent(dataSource, new Target(name, dataSource, settings(name, writable)));
        }
        List<Target> all = List.copyOf(targets.values());
        OnUnavailable policy = annotation
                .map(ValidConnections::onUnavailable)
                .filter(each -> each != OnUnavailable.CONFIGURED)
                .orElseGet(() -> all.get(0).settings().onUnavailable());
        Duration wait = maxWait.orElseGet(() -> all.stream()
                .map(target -> target.settings().maxWait())
                .max(Duration::compareTo)
                .orElseThrow());
        return new Plan(all, policy, wait);
    }

    private Settings settings(String name, boolean writable) {
        Settings settings = configuration.of(name);
        return writable ? settings.demandingWrites() : settings;
    }

    private String fallback() {
        return configuration.defaultDataSource().orElse(PLATFORM_DEFAULT);
    }

    private static boolean isBound(String name) {
        try {
            return InitialContext.doLookup(name) != null;
        } catch (NamingException e) {
            return false;
        }
    }

    private static DataSource lookUp(String name, String place) {
        Object found;
        try {
            found = InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new GuardDefinitionException(Messages.unknownDataSource(name, place));
        }
        if (found instanceof DataSource dataSource) {
            return dataSource;
        }
        throw new GuardDefinitionException(
                Messages.notADataSource(name, found.getClass().getName(), place));
    }

    /** The annotation of the method, else of the class, each directly or through a stereotype, superclasses included. */
    Optional<ValidConnections> annotation(Class<?> type, Method method) {
        ValidConnections own = method.getAnnotation(ValidConnections.class);
        if (own != null) {
            return Optional.of(own);
        }
        ValidConnections ofClass = type.getAnnotation(ValidConnections.class);
        return ofClass != null ? Optional.of(ofClass) : inStereotypes(Arrays.stream(type.getAnnotations()));
    }

    private Optional<ValidConnections> inStereotypes(Stream<Annotation> annotations) {
        return annotations
                .map(Annotation::annotationType)
                .filter(beans::isStereotype)
                .map(stereotype -> beans.getStereotypeDefinition(stereotype).stream())
                .flatMap(definition -> {
                    List<Annotation> parts = definition.toList();
                    Optional<ValidConnections> direct = parts.stream()
                            .filter(ValidConnections.class::isInstance)
                            .map(ValidConnections.class::cast)
                            .findFirst();
                    return (direct.isPresent() ? direct : inStereotypes(parts.stream())).stream();
                })
                .findFirst();
    }

    /** The class as it was written: containers hand out generated subclasses. */
    private static Class<?> declared(Class<?> type) {
        Class<?> written = type;
        while (written.isSynthetic() || written.getName().contains("$$")) {
            written = written.getSuperclass();
        }
        return written;
    }
}
