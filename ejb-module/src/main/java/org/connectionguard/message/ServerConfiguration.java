/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The server's configuration: remedies are lines of WildFly's CLI. Immutable.
 *
 * @param kind {@code data-source} or {@code xa-data-source}
 * @param name the pool's name in the datasources subsystem
 * @param extensions of the driver's vendor
 */
public record ServerConfiguration(String kind, String name, JdbcExtensions extensions) implements WildFlyPlace {
    /** The command that takes several attributes needs no path; one attribute reads better as it is written. */
    @Override
    public String set(Attribute... attributes) {
        return attributes.length == 1
                ? address() + ":write-attribute(name=" + attributes[0].name() + ", value=" + attributes[0].value() + ")"
                : Arrays.stream(attributes)
                        .map(each -> " --" + each.name() + "=" + each.value())
                        .collect(Collectors.joining("", kind + " --name=" + ManagedPlace.quoted(name), ""));
    }

    @Override
    public String addOption(String option, String value) {
        return properties() + "=" + option + ":add(value=" + value + ")";
    }

    @Override
    public String changeOption(String option, String value) {
        return properties() + "=" + option + ":write-attribute(name=value, value=" + value + ")";
    }

    private String properties() {
        return address() + (kind.equals("data-source") ? "/connection-properties" : "/xa-datasource-properties");
    }

    private String address() {
        return "/subsystem=datasources/" + kind + "=" + ManagedPlace.quoted(name);
    }
}
