/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.connectionguard.tests.server.DemoProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pdemo} runs, as a process of its own. */
@Timeout(180)
@Tag("any-database")
class DemoIT {
    @TempDir
    private Path directory;

    @Test
    void theDemoStartsServesAndTakesEverythingWithIt() throws Exception {
        Process demo = demo("-Ddemo.seconds=15");
        List<String> printed = new ArrayList<>();
        List<ProcessHandle> children = List.of();
        try (BufferedReader output = demo.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                printed.add(line.strip());
                if (line.strip().matches("http://127.0.0.1:\\d+/defects/")) {
                    children = demo.descendants().toList();
                    assertThat(get(line.strip())).contains("<title>Defect trend</title>");
                    assertThat(get(line.strip() + "api/fault"))
                            .contains("All is well.", "stop-database", "silence-network", "flush-unguarded-pool");
                    assertThat(drop(line.strip())).contains(" dropped.");
                }
                if (line.strip().endsWith("/connection-guard-console/")) {
                    assertThat(get(line.strip())).contains("<title>Connection Guard</title>");
                    assertThat(get(line.strip() + "api/state")).contains("DefectTrendJob.gather", "every 5 seconds");
                }
            }
        }
        assertThat(demo.waitFor()).as(String.join("\n", printed)).isZero();
        assertThat(printed).contains("1/3 database", "It ends by itself after 15 s.", "Stopped");
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        // Deployed while the server started, the doctor has waited until there was something to see.
        assertThat(log())
                .contains(
                        "CG0309 java:jboss/datasources/Defects: no socketTimeout",
                        ": the doctor examined java:jboss/datasources/Defects: 4 findings")
                .doesNotContain("nothing to mend");
    }

    private String log() throws IOException {
        try (Stream<Path> homes = Files.list(directory.resolve("server"))) {
            return Files.readString(homes.findFirst().orElseThrow().resolve("standalone/log/server.log"));
        }
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process demo = demo("-Ddemo.http.port=" + taken.getLocalPort());
            String output = new String(demo.getInputStream().readAllBytes());
            assertThat(demo.waitFor()).isNotZero();
            assertThat(output)
                    .contains("The demo cannot start. Port " + taken.getLocalPort()
                            + " (-Ddemo.http.port) cannot be used");
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidInOneLineWithoutItsPassword() throws Exception {
        Process demo = demo(
                "-Ddemo.database.url=jdbc:mysql://127.0.0.1:1/defects?password=secret",
                "-Ddemo.database.user=me",
                "-Ddemo.database.password=secret");
        String output = new String(demo.getInputStream().readAllBytes());
        assertThat(demo.waitFor()).isNotZero();
        assertThat(output)
                .contains(
                        "The demo cannot start. The database at jdbc:mysql://127.0.0.1:1/defects does not let user 'me' in")
                .doesNotContain("secret");
    }

    private Process demo(String... options) throws IOException {
        return DemoProcess.start(directory, options);
    }

    private static String drop(String sample) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sample + "api/fault/drop-idle-connections"))
                                .header("X-Defects-Page", "yes")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
