/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** What pools give to their drivers as properties. Stateless. */
final class DriverProperties {
    private DriverProperties() {}

    /** Of these only the ones asked for: a password may be among the others. */
    static Map<String, String> of(Optional<Properties> properties, Set<String> options) {
        return properties.stream()
                .flatMap(all -> options.stream().filter(all::containsKey).map(name -> Map.entry(name, all.get(name))))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }
}
