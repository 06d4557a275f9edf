/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Demo;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Sessions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code mvn verify -Pcorpus -Dcorpus.minutes=N -Dcorpus.seed=S}: with the library an application deploys exactly when it does
 * without, its timers run as they did, and after a KILL it heals, or the report had said that it is not protected.
 */
@Tag("corpus")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the command is jboss-cli.bat")
class CorpusIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));

    /** Empty: all. */
    private static final Set<String> WANTED = Stream.of(
                    System.getProperty("corpus.shapes", "").split(","))
            .filter(name -> !name.isBlank())
            .collect(Collectors.toSet());

    /** So many generated applications are tried at once. */
    private static final int BATCH = 10;

    private final Page page = new Page();
    private WildFly wildFly;

    @BeforeAll
    void unpack() throws Exception {
        wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), DIRECTORY.resolve("corpus"));
        wildFly.configure(List.of(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar()))));
        Sessions.createTables();
        Sessions.execute("set global max_connections = 1000");
    }

    @AfterAll
    void publish() throws IOException {
        Files.writeString(DIRECTORY.resolveSibling("corpus.md"), page.text());
        if (Boolean.getBoolean("corpus.publish")) {
            Files.writeString(Path.of("CORPUS.md"), page.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeFitsInEveryWay(ServerConfiguration configuration) throws Exception {
        List<Shape> shapes = Shapes.ALL.stream()
                .filter(shape -> shape.everywhere() || configuration == ServerConfiguration.STANDALONE)
                .filter(shape -> WANTED.isEmpty() || WANTED.contains(shape.name()))
                .toList();
        assumeThat(shapes).isNotEmpty();
        try (CorpusServer server = new CorpusServer(wildFly, configuration, DIRECTORY)) {
            Trial trial = new Trial(server, shapes);
            server.configure(trial.pools());
            Matrix matrix = trial.run();
            page.add(configuration.toString(), matrix);
            assertThat(matrix.red()).isEmpty();
        }
    }

    /** The seeds follow each other: with the one of a shape, that shape comes first. */
    @Test
    void whateverIsPutTogetherAtRandomFitsInEveryWay() throws Exception {
        long seed = Long.getLong("corpus.seed");
        Duration length =
                Duration.ofMillis(Math.round(Double.parseDouble(System.getProperty("corpus.minutes")) * 60_000));
        System.out.println("corpus.seed " + seed);
        Matrix matrix = new Matrix(List.of());
        try (CorpusServer server = new CorpusServer(wildFly, ServerConfiguration.STANDALONE, DIRECTORY)) {
            server.configure(new Trial(server, RandomShapes.of(seed, BATCH)).pools());
            Instant end = Instant.now().plus(length);
            for (long next = seed; Instant.now().isBefore(end); next += BATCH) {
                matrix.addAll(new Trial(server, RandomShapes.of(next, BATCH)).run());
            }
        } finally {
            page.add("Put together at random, from seed " + seed, matrix);
        }
        assertThat(matrix.red()).isEmpty();
    }
}
