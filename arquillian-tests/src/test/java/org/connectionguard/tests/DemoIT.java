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
import org.connectionguard.server.Demo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pdemo} runs, as a process of its own. */
@Timeout(180)
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
                if (line.strip().startsWith("http://127.0.0.1:")) {
                    children = demo.descendants().toList();
                    assertThat(get(line.strip())).contains("<title>Defect trend</title>");
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
                        ": the doctor examined java:jboss/datasources/Defects: 5 findings")
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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                System.getProperty("wildfly.zip"),
                System.getProperty("sample.war"),
                directory.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
