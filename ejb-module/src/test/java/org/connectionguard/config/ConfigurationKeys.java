/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.List;
import java.util.stream.Stream;

/** The names of all settings, for tests outside of the package. Stateless. */
public final class ConfigurationKeys {
    private ConfigurationKeys() {}

    /** Those of deployments and those of data sources. */
    public static List<String> all() {
        return Stream.concat(Configuration.DEPLOYMENT_KEYS.stream(), Setting.keys().stream())
                .toList();
    }
}
