/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A server's MicroProfile Config, which knows the configuration of one application. */
class FakeConfig extends ConfigProviderResolver {
    private final ClassLoader application;
    private final Config config;

    private FakeConfig(ClassLoader application, Map<String, String> values) {
        this.application = application;
        this.config = new Values(values);
    }

    static void install(ClassLoader application, Map<String, String> values) {
        setInstance(new FakeConfig(application, values));
    }

    /** One that cannot be read, for instance because a file of the application's is none. */
    static void installBroken(ClassLoader application, RuntimeException complaint) {
        setInstance(new FakeConfig(application, Map.of()) {
            @Override
            public Config getConfig(ClassLoader loader) {
                throw complaint;
            }
        });
    }

    static void uninstall() {
        setInstance(null);
    }

    @Override
    public Config getConfig() {
        throw new IllegalStateException("of no application");
    }

    @Override
    public Config getConfig(ClassLoader loader) {
        if (loader != application) {
            throw new IllegalStateException("no configuration for " + loader);
        }
        return config;
    }

    @Override
    public ConfigBuilder getBuilder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerConfig(Config registered, ClassLoader loader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void releaseConfig(Config released) {
        throw new UnsupportedOperationException();
    }

    private record Values(Map<String, String> values) implements Config {
        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            if (String.valueOf(values.get(name)).contains("${")) {
                throw new NoSuchElementException("Could not expand " + values.get(name));
            }
            return Optional.ofNullable(values.get(name)).map(type::cast);
        }

        @Override
        public <T> T getValue(String name, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
