/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
import java.util.function.Function;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.Settings;
import org.connectionguard.descriptor.UnitCatalog;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;

/** Finds the data sources of methods, and remembers them. For any thread. */
public final class Discovery {
    private static final Logger LOG = System.getLogger("org.connectionguard");
    private static final String PLATFORM_DEFAULT = "java:comp/DefaultDataSource";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * What a method is guarded with.
     *
     * @param targets none: there is nothing to guard
     * @param gap why there is nothing to guard; empty where there is
     */
    public record Plan(List<Target> targets, OnUnavailable onUnavailable, Duration maxWait, Optional<String> gap) {}

    private record Key(Class<?> type, Method method) {}

    private final Function<ClassLoader, Configuration> settings;
    private final Optional<BeanManager> beans;
    private final Map<ClassLoader, UnitCatalog> units = new ConcurrentHashMap<>();
    private final Map<Key, Plan> plans = new ConcurrentHashMap<>();

    /**
     * For one deployment. It may have several class loaders (an EAR), each with settings and units of its own.
     *
     * @param beans empty where the deployment has no CDI
     */
    public Discovery(Function<ClassLoader, Configuration> settings, Optional<BeanManager> beans) {
        this.settings = settings;
        this.beans = beans;
    }

    /**
     * The plan of a method. Where the method carries {@code @ValidConnections}, it names at least one data source; where it
     * is bound by other means, the application may know nothing of us, and what cannot be found out is a gap.
     *
     * @param type the bean's class, which may be the container's generated subclass of it
     * @throws GuardDefinitionException when the annotation cannot work
     */
    public Plan plan(Class<?> type, Method method) {
        return plans.computeIfAbsent(new Key(type, method), key -> make(declared(type), method));
    }

    /** The plan of a programmatic call: FAIL, and the configured or the platform's default where no name is given. */
    public Plan plan(String... names) {
        Configuration configuration = settings.apply(Thread.currentThread().getContextClassLoader());
        List<String> all = names.length == 0
                ? List.of(configuration.defaultDataSource().orElse(PLATFORM_DEFAULT))
                : Arrays.asList(names);
        return plan(all, configuration, "a call of ConnectionGuard.validate", Optional.empty());
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
                        target.name(), target.dataSource(), target.settings().withMaxWait(plan.maxWait()));
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
        Settings settings = first.settings().withMaxWait(longest);
        boolean writable = one.settings().writable() || other.settings().writable();
        return new Target(first.name(), first.dataSource(), settings.withWritable(writable));
    }

    /**
     * The data sources of a method, by name: those that its annotation names, else those that its bean uses, else the
     * configured default, else, where it carries the annotation, the platform's default.
     *
     * @throws GuardDefinitionException when the bean uses something that cannot be followed
     */
    public List<Source> sources(Class<?> type, Method method) {
        Class<?> written = declared(type);
        Optional<ValidConnections> annotation = annotation(written, method);
        if (annotation.isPresent() && annotation.get().value().length > 0) {
            return Arrays.stream(annotation.get().value())
                    .map(name -> new Source(name, "named"))
                    .toList();
        }
        List<Source> found = new ResourceScanner(beans, units(written.getClassLoader())).scan(written);
        if (!found.isEmpty()) {
            return found;
        }
        Optional<String> configured = settings.apply(written.getClassLoader()).defaultDataSource();
        if (configured.isPresent()) {
            return List.of(new Source(configured.get(), "default-data-source"));
        }
        return annotation.isPresent() ? List.of(new Source(PLATFORM_DEFAULT, "platform's default")) : List.of();
    }

    /**
     * At deployment: makes the plan of a method that carries the annotation, so that what cannot work is told now.
     *
     * <p>While a server starts, the data sources of its configuration come up beside the deployments: a name gets some seconds
     * to appear. A name in java:comp/env belongs to a component; where it is not visible from here (an EJB module of an EAR)
     * the first call decides.
     *
     * @throws GuardDefinitionException when the annotation cannot work
     */
    public void check(Class<?> type, Method method) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Source source : sources(type, method)) {
            if (source.name().startsWith("java:comp/env/") && !isBound(source.name())) {
                return;
            }
            while (!isBound(source.name()) && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        plan(type, method);
    }

    /**
     * At deployment: makes the plan of a method that may carry no annotation, so that its data sources are known, if all of
     * them can be seen by now; else its first call does.
     */
    public void planWhereBound(Class<?> type, Method method) {
        try {
            if (sources(type, method).stream().map(Source::name).allMatch(Discovery::isBound)) {
                plan(type, method);
            }
        } catch (GuardDefinitionException e) {
            // The report says so.
        }
    }

    private UnitCatalog units(ClassLoader deployment) {
        return units.computeIfAbsent(deployment, UnitCatalog::of);
    }

    private Plan make(Class<?> type, Method method) {
        Configuration configuration = settings.apply(type.getClassLoader());
        Optional<ValidConnections> annotation = annotation(type, method);
        try {
            List<String> names =
                    sources(type, method).stream().map(Source::name).toList();
            if (names.isEmpty()) {
                return gap(configuration, Messages.noDataSourceFound());
            }
            String place = type.getName() + "." + method.getName();
            Plan plan = plan(names, configuration, place, annotation);
            if (plan.onUnavailable() == OnUnavailable.SKIP
                    && method.getReturnType().isPrimitive()
                    && method.getReturnType() != void.class) {
                throw new GuardDefinitionException(Messages.primitiveCannotBeSkipped(
                        place, method.getReturnType().getName()));
            }
            return plan;
        } catch (GuardDefinitionException e) {
            if (annotation.isPresent()) {
                throw e;
            }
            LOG.log(Level.WARNING, Messages.unguarded(type.getName() + "." + method.getName(), e.getMessage()));
            return gap(configuration, e.getMessage());
        }
    }

    private static Plan gap(Configuration configuration, String why) {
        Settings common = configuration.common();
        return new Plan(List.of(), common.onUnavailable(), common.maxWait(), Optional.of(why));
    }

    private Plan plan(
            Collection<String> names,
            Configuration configuration,
            String place,
            Optional<ValidConnections> annotation) {
        Optional<Duration> maxWait = annotation
                .map(ValidConnections::maxWait)
                .filter(text -> !text.isEmpty())
                .map(text -> Configuration.duration("maxWait of @ValidConnections on " + place, text, true));
        boolean writable = annotation.filter(ValidConnections::writable).isPresent();
        // Two names may stand for one data source: it is asked once.
        Map<DataSource, Target> targets = new LinkedHashMap<>();
        for (String name : names) {
            DataSource dataSource = lookUp(name, place);
            Settings own = configuration.of(name);
            targets.putIfAbsent(dataSource, new Target(name, dataSource, own.withWritable(writable || own.writable())));
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
        return new Plan(all, policy, wait, Optional.empty());
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
    public Optional<ValidConnections> annotation(Class<?> type, Method method) {
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
                .filter(type -> beans.filter(each -> each.isStereotype(type)).isPresent())
                .map(stereotype -> beans.get().getStereotypeDefinition(stereotype).stream())
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
