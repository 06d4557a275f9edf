/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Demo;
import org.connectionguard.server.WildFly;

/** What every server of these tests has. Stateless. */
final class Servers {
    private Servers() {}

    /** An unpacked one with the driver's module. */
    static WildFly unpack(Path directory) {
        WildFly wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), directory);
        wildFly.configure(List.of(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar()))));
        return wildFly;
    }
}
