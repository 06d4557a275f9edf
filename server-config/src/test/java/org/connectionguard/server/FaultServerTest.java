/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultServerTest {
    private final Faults faults = new Faults(new ExternalDatabase("jdbc:mysql://127.0.0.1:1/defects", "me", "secret"));
    private final FaultServer server = new FaultServer(faults);

    @AfterEach
    void end() {
        server.close();
        faults.close();
    }

    private HttpResponse<String> send(String method, URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void toADatabaseThatIsNotOursOnlyThatIsDoneWhichItsUserMayDo() throws Exception {
        assertThat(send("GET", server.address()).body())
                .isEqualTo("{\"now\":\"All is well.\",\"faults\":[\"drop-idle-connections\"]}");
        assertThat(send("POST", server.address().resolve("stop-database")).statusCode())
                .isEqualTo(404);
        assertThat(faults.url()).isEqualTo("jdbc:mysql://127.0.0.1:1/defects");
    }

    @Test
    void whatTheDatabaseRefusesIsSaidInWords() throws Exception {
        HttpResponse<String> refused = send("POST", server.address().resolve("drop-idle-connections"));
        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body()).startsWith("The database refuses: ").doesNotContain("secret");
    }

    @Test
    void nothingHappensByLookingOrByGuessing() throws Exception {
        assertThat(send("GET", server.address().resolve("drop-idle-connections"))
                        .statusCode())
                .isEqualTo(405);
        assertThat(send("POST", server.address()).statusCode()).isEqualTo(405);
        assertThat(send("POST", server.address().resolve("/drop-idle-connections"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("POST", server.address().resolve("/x/drop-idle-connections"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void itIsThisMachinesOnly() {
        assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
    }
}
