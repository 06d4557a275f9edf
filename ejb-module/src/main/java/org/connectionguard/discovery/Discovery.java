/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.descriptor.UnitCatalog;

/** Finds the names of the data sources that methods use. For any thread. */
public final class Discovery {
    static final String PLATFORM_DEFAULT = "java:comp/DefaultDataSource";

    /** How a source was found that nobody uses or names. */
    static final String NOBODY_NAMED = "platform's default";

    private final Function<ClassLoader, Configuration> settings;
    private final Collaborators beans;
    private final EjbJars descriptors;
    private final Annotations annotations;
    private final Map<ClassLoader, UnitCatalog> units = new ConcurrentHashMap<>();

    /** A class does not change: it is read once, however often its plan is made. */
    private final Map<Class<?>, Sources> scanned = new ConcurrentHashMap<>();

    /**
     * For one deployment. It may have several class loaders (an EAR), each with settings and units of its own.
     *
     * @param manager empty where the deployment has no CDI
     * @param beans what its container has told
     * @param descriptors those of its archives
     */
    public Discovery(
            Function<ClassLoader, Configuration> settings,
            Optional<BeanManager> manager,
            Beans beans,
            EjbJars descriptors) {
        this.descriptors = descriptors;
        this.settings = settings;
        this.beans = new Collaborators(manager, beans);
        this.annotations = new Annotations(manager);
    }

    /** The annotation of the method, else of the class, each directly or through a stereotype, superclasses included. */
    public Optional<ValidConnections> annotation(Class<?> type, Method method) {
        return annotations.of(type, method);
    }

    /**
     * The data sources of a method: those that its annotation names, else those that its bean uses, else the configured
     * default, else, where it carries the annotation and nothing remained unknown, the platform's default.
     */
    public Sources sources(Class<?> type, Method method) {
        Class<?> written = Annotations.written(type);
        Optional<ValidConnections> annotation = annotation(written, method);
        if (annotation.isPresent() && annotation.get().value().length > 0) {
            return new Sources(
                    Arrays.stream(annotation.get().value())
                            .map(name -> new Source(name, "named", true))
                            .toList(),
                    List.of());
        }
        Sources used = scanned.computeIfAbsent(written, this::scan);
        if (!used.found().isEmpty()) {
            return used;
        }
        Optional<String> configured = settings.apply(written.getClassLoader()).defaultDataSource();
        if (configured.isPresent()) {
            return Sources.of(new Source(configured.get(), "default-data-source", true));
        }
        return annotation.isPresent() && used.gaps().isEmpty()
                ? Sources.of(new Source(PLATFORM_DEFAULT, NOBODY_NAMED, false))
                : used;
    }

    private Sources scan(Class<?> written) {
        return new ResourceScanner(
                        beans,
                        descriptors,
                        this::units,
                        settings.apply(written.getClassLoader()).defaultDataSource())
                .scan(written);
    }

    private UnitCatalog units(Class<?> user) {
        return units.computeIfAbsent(user.getClassLoader(), UnitCatalog::of);
    }
}
