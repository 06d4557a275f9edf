/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.connectionguard.message.Messages;

/** Where settings are read: a map of names to texts. Implementations are for any thread. */
public interface SettingSource {
    Logger LOG = System.getLogger("org.connectionguard");

    /** The value of a name, if it is set. */
    Optional<String> value(String name);

    /** All names that begin with the prefix. */
    Set<String> names(String prefix);

    /** MicroProfile Config of a deployment where the server has it and it answers, else system properties and environment. */
    static SettingSource of(ClassLoader deployment) {
        try {
            return MicroProfileSettings.of(deployment);
        } catch (LinkageError | IllegalStateException e) {
            // No such API in this server; or, on GlassFish, an API whose getConfig() throws.
            return new SystemSettings(System.getenv());
        } catch (RuntimeException e) {
            // A file of the application's that cannot be read, or a source of its own: written for others.
            LOG.log(Level.WARNING, Messages.configurationPassedOver(e));
            return new SystemSettings(System.getenv());
        }
    }

    /** System properties, then environment variables, which are named by MicroProfile Config's rule: A_B_C for a.b-c. */
    record SystemSettings(Map<String, String> environment) implements SettingSource {
        @Override
        public Optional<String> value(String name) {
            String variable = name.replaceAll("[^A-Za-z0-9]", "_");
            return Optional.ofNullable(System.getProperty(name))
                    .or(() -> Optional.ofNullable(environment.get(variable)))
                    .or(() -> Optional.ofNullable(environment.get(variable.toUpperCase(Locale.ROOT))));
        }

        @Override
        public Set<String> names(String prefix) {
            Set<String> names = new TreeSet<>(System.getProperties().stringPropertyNames());
            names.removeIf(name -> !name.startsWith(prefix));
            return names;
        }
    }
}
