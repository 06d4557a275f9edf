/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;

/** The settings of one deployment, which may have several class loaders (an EAR), each with its own. For any thread. */
final class Configurations {
    private final Map<ClassLoader, Configuration> byLoader = new ConcurrentHashMap<>();

    /**
     * Those that a class loader sees.
     *
     * @throws org.connectionguard.GuardDefinitionException naming the setting that cannot be
     */
    Configuration of(ClassLoader loader) {
        return byLoader.computeIfAbsent(loader, key -> Configuration.of(SettingSource.of(key)));
    }
}
