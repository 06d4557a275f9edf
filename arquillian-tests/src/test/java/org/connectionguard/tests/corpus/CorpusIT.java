/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Demo;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Sessions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code mvn verify -Pcorpus}: with the library an application deploys exactly when it does without, its timers run as they
 * did, and after a KILL it heals, or the report had said that it is not protected.
 */
@Tag("corpus")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the command is jboss-cli.bat")
class CorpusIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));

    private static WildFly wildFly;

    @BeforeAll
    static void unpack() throws Exception {
        wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), DIRECTORY.resolve("corpus"));
        Sessions.createTables();
        Sessions.execute("set global max_connections = 1000");
        wildFly.configure(List.of(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar()))));
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeFitsInEveryWay(ServerConfiguration configuration) throws Exception {
        List<Shape> shapes = Shapes.ALL.stream()
                .filter(shape -> shape.everywhere() || configuration == ServerConfiguration.STANDALONE)
                .toList();
        try (CorpusServer server = new CorpusServer(wildFly, configuration, DIRECTORY)) {
            Trial trial = new Trial(server, shapes);
            server.configure(trial.pools());
            Matrix matrix = trial.run();
            System.out.println(configuration + "\n" + matrix.table());
            Files.writeString(DIRECTORY.resolveSibling("corpus-" + configuration + ".md"), matrix.table());
            assertThat(matrix.red()).isEmpty();
        }
    }
}
