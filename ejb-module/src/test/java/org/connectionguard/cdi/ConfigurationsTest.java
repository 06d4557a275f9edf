/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.connectionguard.config.Configuration;
import org.connectionguard.testing.MapSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each class loader has settings of its own, which are told apart by their default data source. */
class ConfigurationsTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader deployment = new URLClassLoader("deployment", new URL[0], null);
    private final Map<ClassLoader, String> names = new HashMap<>(Map.of(deployment, "deployment"));
    private final Configurations configurations = new Configurations(this::read);

    private Configuration read(ClassLoader loader) {
        return new MapSettings()
                .put("default-data-source", names.getOrDefault(loader, "server"))
                .read();
    }

    @AfterEach
    void leave() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private Optional<String> asSeenWith(ClassLoader context) {
        Thread.currentThread().setContextClassLoader(context);
        return configurations.ofCaller().defaultDataSource();
    }

    @Test
    void aThreadWithoutAClassLoaderOfTheApplicationIsCalledWithTheDeploymentsSettings() throws Exception {
        Thread.currentThread().setContextClassLoader(deployment);
        configurations.begin();
        assertThat(asSeenWith(null)).contains("deployment");
        assertThat(asSeenWith(ClassLoader.getPlatformClassLoader())).contains("deployment");
        assertThat(ForkJoinPool.commonPool()
                        .submit(configurations::ofCaller)
                        .get()
                        .defaultDataSource())
                .contains("deployment");
    }

    @Test
    void aModuleOfTheApplicationIsCalledWithItsOwnSettings() {
        Thread.currentThread().setContextClassLoader(deployment);
        configurations.begin();
        ClassLoader module = getClass().getClassLoader();
        names.put(module, "module");
        configurations.add(getClass());
        assertThat(asSeenWith(module)).contains("module");
    }
}
