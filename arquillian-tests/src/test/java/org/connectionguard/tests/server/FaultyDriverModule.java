/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.nio.file.Path;
import java.util.List;
import org.connectionguard.tests.driver.FaultyDriver;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** {@link FaultyDriver} in the server: the CLI's lines that install it, and that give it to a data source. Stateless. */
final class FaultyDriverModule {
    private static final String NAME = "org.connectionguard.tests.driver";

    private FaultyDriverModule() {}

    /** @param directory gets the jar */
    static List<String> install(Path directory) {
        Path jar = directory.resolve("faulty-driver.jar").toAbsolutePath();
        ShrinkWrap.create(JavaArchive.class)
                .addClasses(FaultyDriver.class)
                .as(ZipExporter.class)
                .exportTo(jar.toFile());
        return List.of(
                "module add --name=" + NAME + " --resources=" + jar + " --dependencies=java.se,com.mysql",
                "/subsystem=datasources/jdbc-driver=faulty:add(driver-module-name=" + NAME + ", driver-class-name="
                        + FaultyDriver.class.getName() + ")");
    }

    /** A data source that is there changes its driver; orders reach it by the application's name. */
    static List<String> use(String application, String dataSource, String url) {
        String address = "/subsystem=datasources/data-source=" + application + "-" + dataSource;
        return List.of(
                address + ":write-attribute(name=driver-name, value=faulty)",
                address + ":write-attribute(name=connection-url, value=\"jdbc:faulty:" + application + ":" + url
                        + "\")");
    }
}
