/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;
import org.connectionguard.server.DatabaseServer;

/**
 * Where the figures come from.
 *
 * @param load how many threads wanted to run, on average of a minute, before the run began; negative: not known
 */
record Machine(String processor, int processors, long megabytes, String system, String java, double load) {
    static Machine now() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long memory = ((com.sun.management.OperatingSystemMXBean) system).getTotalMemorySize();
        return new Machine(
                modelName(),
                system.getAvailableProcessors(),
                memory >> 20,
                system.getName() + " " + system.getArch(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                system.getSystemLoadAverage());
    }

    private static String modelName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceAll(".*: ", ""))
                    .findFirst()
                    .orElse("processor");
        } catch (IOException e) {
            return "processor";
        }
    }

    /** For the report. */
    String text(DatabaseServer database, Options options) throws SQLException {
        try (Connection connection = database.connect()) {
            return String.format(
                    Locale.ROOT,
                    """

                    ## Machine and versions

                    %s, %d processors, %d MB; %s; load before the run %.1f. %s.
                    WildFly and the database on the same machine, on loopback, without TLS.
                    Database %s, driver %s %s. %d rounds%s, on %s.
                    """,
                    processor,
                    processors,
                    megabytes,
                    system,
                    load,
                    java,
                    connection.getMetaData().getDatabaseProductVersion(),
                    connection.getMetaData().getDriverName(),
                    connection.getMetaData().getDriverVersion().replaceAll(" .*", ""),
                    options.rounds(),
                    options.quick() ? " of a quick run, whose figures mean little" : "",
                    LocalDate.now());
        }
    }
}
