/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;

/** Settings as a test has put them, keys without the prefix. For one thread. */
public final class MapSettings implements SettingSource {
    private final Map<String, String> settings = new HashMap<>();

    public MapSettings put(String key, String value) {
        settings.put(Configuration.PREFIX + key, value);
        return this;
    }

    public Configuration read() {
        return Configuration.of(this);
    }

    @Override
    public Optional<String> value(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public Set<String> names(String prefix) {
        return settings.keySet();
    }
}
