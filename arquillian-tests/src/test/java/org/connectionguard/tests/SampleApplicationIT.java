/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.connectionguard.server.FaultServer;
import org.connectionguard.server.Faults;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample application as the demo deploys it. */
@Tag("any-database")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SampleApplicationIT {
    private static final String DEMO = "defects.demo";
    private static final String FAULT = "api/fault/drop-idle-connections";

    /** So often each of the sample's jobs runs. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private Faults faults;
    private FaultServer launcher;

    @BeforeEach
    void aLauncher() {
        faults = new Faults(TestServers.database());
        launcher = new FaultServer(faults);
        Management.setSystemProperty(DEMO, launcher.address().toString());
    }

    @AfterEach
    void noLauncher() {
        Management.removeSystemProperty(DEMO);
        launcher.close();
        faults.close();
    }

    @Deployment(testable = false)
    static WebArchive sample() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("sample.war")));
    }

    @Test
    void afterTheDropTheUnguardedJobFailsForEverAndTheGuardedOneDoesNotNotice() throws Exception {
        awaitRuns("DefectTrendJob", 1, 0);
        awaitRuns("UnguardedDefectTrendJob", 1, 0);
        // A run that is under way must not be hit.
        await().atMost(Duration.ofSeconds(40)).until(this::isBetweenRuns);

        HttpResponse<String> dropped =
                send(request(FAULT).header("X-Defects-Page", "yes").POST(noBody()));
        assertThat(dropped.statusCode()).isEqualTo(200);
        assertThat(dropped.body()).endsWith(" idle connections dropped.");
        int guardedBefore = runs("DefectTrendJob", "succeeded");
        int unguardedBefore = runs("UnguardedDefectTrendJob", "succeeded");

        // WildFly retries a failed timeout at once, so two expirations are four failed runs.
        awaitRuns("UnguardedDefectTrendJob", unguardedBefore, 4);
        awaitRuns("DefectTrendJob", guardedBefore + 2, 0);
        assertThat(runs("DefectTrendJob", "failed")).isZero();
        assertThat(runs("UnguardedDefectTrendJob", "succeeded")).isEqualTo(unguardedBefore);
    }

    @Test
    void thePageAndTheTrendAreThere() throws Exception {
        awaitRuns("DefectTrendJob", 1, 0);
        assertThat(send(request("").GET()).body()).contains("<title>Defect trend</title>");
        JsonNode trend = json(send(request("api/status/trend").GET()));
        assertThat(trend.fieldNames())
                .toIterable()
                .containsExactly("Accounts", "Cards", "Lending", "Payments", "Treasury");
        assertThat(trend.get("Cards")).hasSize(60);
    }

    @Test
    void onlyItsOwnPageOnThisMachineBreaksSomething() throws Exception {
        assertThat(send(request(FAULT).POST(noBody())).statusCode()).isEqualTo(403);
        assertThat(send(request(FAULT).header("X-Defects-Page", "yes").GET()).statusCode())
                .isEqualTo(405);
        String foreign = "POST /defects/" + FAULT
                + " HTTP/1.1\r\nHost: evil.example\r\nX-Defects-Page: yes\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        assertThat(answerTo(foreign)).startsWith("HTTP/1.1 403 ");
        assertThat(send(request("api/fault/drop-everything")
                                .header("X-Defects-Page", "yes")
                                .POST(noBody()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatCanBeBrokenIsTold() throws Exception {
        JsonNode state = json(send(request("api/fault").GET()));
        assertThat(state.get("now").asText()).isEqualTo("All is well.");
        assertThat(state.get("faults"))
                .map(JsonNode::asText)
                .contains("drop-idle-connections", "stop-database", "silence-network", "read-only-on");
    }

    @Test
    void deployedWithoutTheDemoItBreaksNothing() throws Exception {
        Management.removeSystemProperty(DEMO);
        assertThat(send(request(FAULT).header("X-Defects-Page", "yes").POST(noBody()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request("api/fault").GET()).statusCode()).isEqualTo(404);
        assertThat(json(send(request("api/status").GET())).get("demo").asBoolean())
                .isFalse();
        Management.setSystemProperty(DEMO, launcher.address().toString());
    }

    /** The JDK's client sends no Host but the right one. */
    private static String answerTo(String request) throws IOException {
        URI address = URI.create(TestServers.http());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitRuns(String job, int succeeded, int failed) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> runs(job, "succeeded") >= succeeded && runs(job, "failed") >= failed);
    }

    /** Both jobs have had their run of the last expiration, and the next one is seconds away. */
    private boolean isBetweenRuns() throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        Instant expired = Instant.ofEpochSecond(now - now % EVERY.toSeconds());
        JsonNode jobs = json(send(request("api/status").GET())).get("jobs");
        return Stream.of("DefectTrendJob", "UnguardedDefectTrendJob")
                        .map(job -> Instant.parse(
                                jobs.at("/" + job + "/runs/0/start").asText()))
                        .noneMatch(expired::isAfter)
                && Instant.now().isBefore(expired.plus(EVERY.dividedBy(2)));
    }

    private int runs(String job, String outcome) throws IOException, InterruptedException {
        return json(send(request("api/status").GET()))
                .at("/jobs/" + job + "/" + outcome)
                .asInt();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(TestServers.http() + "/defects/" + path));
    }

    private static HttpRequest.BodyPublisher noBody() {
        return HttpRequest.BodyPublishers.noBody();
    }
}
