/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestServers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample application as the demo deploys it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SampleApplicationIT {
    private static final String FAULT = "api/fault/drop-idle-connections";

    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive sample() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("sample.war")));
    }

    @Test
    void afterTheDropTheUnguardedJobFailsForEverAndTheGuardedOneDoesNotNotice() throws Exception {
        // A run that is under way must not be hit: the next ones are five seconds away when these have just ended.
        int guardedRuns = runs("DefectTrendJob", "succeeded");
        int unguardedRuns = runs("UnguardedDefectTrendJob", "succeeded");
        awaitRuns("DefectTrendJob", guardedRuns + 1, 0);
        awaitRuns("UnguardedDefectTrendJob", unguardedRuns + 1, 0);

        HttpResponse<String> dropped =
                send(request(FAULT).header("X-Defects-Page", "yes").POST(noBody()));
        assertThat(dropped.statusCode()).isEqualTo(200);
        assertThat(json(dropped).get("dropped").asInt()).isGreaterThanOrEqualTo(2);
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
    void nobodyElsesPageCanDropConnections() throws Exception {
        assertThat(send(request(FAULT).POST(noBody())).statusCode()).isEqualTo(403);
    }

    @Test
    void outsideDemoModeNothingIsDropped() throws Exception {
        Management.setSystemProperty("defects.demo", "false");
        try {
            assertThat(send(request(FAULT).header("X-Defects-Page", "yes").POST(noBody()))
                            .statusCode())
                    .isEqualTo(404);
        } finally {
            Management.setSystemProperty("defects.demo", "true");
        }
    }

    private void awaitRuns(String job, int succeeded, int failed) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> runs(job, "succeeded") >= succeeded && runs(job, "failed") >= failed);
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
