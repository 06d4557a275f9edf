/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** MicroProfile Config. The only class that knows it, so that the others load on servers without it. */
final class MicroProfileSettings implements SettingSource {
    private final Config config;

    private MicroProfileSettings(Config config) {
        this.config = config;
    }

    static SettingSource of(ClassLoader deployment) {
        return new MicroProfileSettings(ConfigProvider.getConfig(deployment));
    }

    @Override
    public Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class);
    }

    @Override
    public Set<String> names(String prefix) {
        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(name -> {
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        });
        return names;
    }
}
