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
import org.connectionguard.descriptor.UnitCatalog;

/** Finds the names of the data sources that methods use. For any thread. */
public final class Discovery {
    static final String PLATFORM_DEFAULT = "java:comp/DefaultDataSource";

    private final Function<ClassLoader, Configuration> settings;
    private final Optional<BeanManager> beans;
    private final Annotations annotations;
    private final Map<ClassLoader, UnitCatalog> units = new ConcurrentHashMap<>();

    /**
     * For one deployment. It may have several class loaders (an EAR), each with settings and units of its own.
     *
     * @param beans empty where the deployment has no CDI
     */
    public Discovery(Function<ClassLoader, Configuration> settings, Optional<BeanManager> beans) {
        this.settings = settings;
        this.beans = beans;
        this.annotations = new Annotations(beans);
    }

    /** The annotation of the method, else of the class, each directly or through a stereotype, superclasses included. */
    public Optional<ValidConnections> annotation(Class<?> type, Method method) {
        return annotations.of(type, method);
    }

    /**
     * The data sources of a method, by name: those that its annotation names, else those that its bean uses, else the
     * configured default, else, where it carries the annotation, the platform's default.
     *
     * @throws org.connectionguard.GuardDefinitionException when the bean uses something that cannot be followed
     */
    public List<Source> sources(Class<?> type, Method method) {
        Class<?> written = Annotations.written(type);
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

    /** As {@link #sources}, their names only. */
    List<String> names(Class<?> type, Method method) {
        return sources(type, method).stream().map(Source::name).toList();
    }

    private UnitCatalog units(ClassLoader deployment) {
        return units.computeIfAbsent(deployment, UnitCatalog::of);
    }
}
