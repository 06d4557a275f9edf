/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.Directories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The data source that we recommend on each server, for the driver at hand: it works, and nothing in it is to be mended. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("org.connectionguard.servers.Product#chosen")
class RecommendedIT {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("work.directory")).resolve("recommended");

    private static DatabaseServer database;

    private final Product product;

    RecommendedIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    static void startDatabase() throws SQLException {
        Directories.empty(DIRECTORY);
        database = DatabaseChoice.chosen().install(DIRECTORY.resolve("database"));
        database.start();
        Application.prepare(database);
    }

    @AfterAll
    static void stopDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void jobsRunOnItAlsoAfterALossAndTheDoctorFindsNothingButSettingsThatTheServerCannotBear()
            throws IOException, InterruptedException, SQLException {
        DataSourceSetup sound = dataSource("patient");
        DataSourceSetup rash = dataSource("impatient");
        Path directory = Files.createDirectories(DIRECTORY.resolve(product.name()));
        try (AppServer server = product.server(Files.createDirectories(directory.resolve("home")))) {
            String guard = "-Dconnection-guard.";
            String ofRash = guard + '"' + server.nameOf(rash) + '"';
            server.start(
                    List.of(sound, rash),
                    List.of(guard + "auto=timers", ofRash + ".max-wait=PT1H", ofRash + ".max-waiting-jobs=1000"));
            Instant begin = Instant.now();
            Application guarded =
                    Application.of(product, server, "guarded", true, "recommended", List.of(sound, rash), directory);
            guarded.deploy();
            guarded.awaitSuccesses("PatientJob", begin, 1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> findings(server, "CG0320").findAny().isPresent());
            List<String> said = findings(server, "CG03(?!20)").toList();
            for (String limit : product.limits()) {
                assertThat(said).anyMatch(line -> line.contains(limit));
            }
            assertThat(said).hasSameSizeAs(product.limits());
            Instant killed = Instant.now();
            database.killSessions();
            for (String job : List.of("PatientJob", "FailJob")) {
                guarded.awaitSuccesses(job, killed, 3);
            }
            guarded.undeploy();
        }
    }

    private static Stream<String> findings(AppServer server, String id) throws IOException {
        return Files.readAllLines(server.log()).stream().filter(line -> line.matches(".* " + id + ".*"));
    }

    private static DataSourceSetup dataSource(String unit) {
        return new DataSourceSetup("recommended", unit, database, database.port(), true);
    }
}
