/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.message.Messages;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** MicroProfile Config. The only class that knows it, so that the others load on servers without it. */
final class MicroProfileSettings implements SettingSource {
    private final Config config;

    private MicroProfileSettings(Config config) {
        this.config = config;
    }

    /** @throws RuntimeException of whatever kind, when it does not answer */
    static SettingSource of(ClassLoader deployment) {
        SettingSource settings = new MicroProfileSettings(ConfigProvider.getConfig(deployment));
        settings.names(Configuration.PREFIX);
        return settings;
    }

    /** @throws GuardDefinitionException when it is set, and there is no reading it: it may refer to what is not there */
    @Override
    public Optional<String> value(String name) {
        try {
            return config.getOptionalValue(name, String.class);
        } catch (RuntimeException e) {
            if (names(name).contains(name)) {
                throw new GuardDefinitionException(Messages.unreadableSetting(name, e));
            }
            return Optional.empty();
        }
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
