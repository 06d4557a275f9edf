/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;

/** The settings of one deployment, which may have several class loaders (an EAR), each with its own. For any thread. */
final class Configurations {
    private final Function<ClassLoader, Configuration> reader;
    private final Map<ClassLoader, Configuration> byLoader = new ConcurrentHashMap<>();
    private final Set<ClassLoader> applications = ConcurrentHashMap.newKeySet();
    private volatile ClassLoader deployment = Configurations.class.getClassLoader();

    Configurations() {
        this(loader -> Configuration.of(SettingSource.of(loader)));
    }

    Configurations(Function<ClassLoader, Configuration> reader) {
        this.reader = reader;
    }

    /**
     * The settings of the deployment itself, on whose thread this is called, before all others.
     *
     * @throws org.connectionguard.GuardDefinitionException naming the setting that cannot be
     */
    Configuration begin() {
        Optional.ofNullable(Thread.currentThread().getContextClassLoader()).ifPresent(loader -> deployment = loader);
        applications.add(deployment);
        return of(deployment);
    }

    /** Those of the deployment itself. */
    Configuration ofDeployment() {
        return of(deployment);
    }

    /** A bean of the deployment: code of its class loader may call. */
    void add(Class<?> bean) {
        Optional.ofNullable(bean.getClassLoader()).ifPresent(applications::add);
    }

    /**
     * Those that a class loader sees.
     *
     * @throws org.connectionguard.GuardDefinitionException naming the setting that cannot be
     */
    Configuration of(ClassLoader loader) {
        return byLoader.computeIfAbsent(loader, reader);
    }

    /**
     * Those of the application's code on the calling thread. A thread of its own may have no context class loader, or, as
     * those of the ForkJoinPool, one that is not the application's: then those of the deployment.
     */
    Configuration ofCaller() {
        return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .filter(applications::contains)
                .map(this::of)
                .orElseGet(() -> of(deployment));
    }
}
