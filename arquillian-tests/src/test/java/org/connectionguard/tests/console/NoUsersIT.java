/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.NeedsDatabase;
import org.connectionguard.tests.server.OwnServer;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console as delivered, on a WildFly as delivered: nobody has been given a name and a password. */
@Tag("console")
@ExtendWith(NeedsDatabase.class)
class NoUsersIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));
    private static final List<String> PATHS = List.of("", "main.js", "api/state", "metrics", "health");

    private static WildFly wildFly;
    private static OwnServer server;

    @BeforeAll
    static void start() throws IOException {
        wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), DIRECTORY.resolve("no-users"));
        server = new OwnServer(wildFly, "standalone.xml", DIRECTORY);
        Management.deploy(ShrinkWrap.create(ZipImporter.class, "alone.war")
                .importFrom(new File(System.getProperty("console.war")))
                .as(WebArchive.class));
    }

    @AfterAll
    static void stop() {
        server.close();
        wildFly.close();
    }

    private static int answer(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = WatchedServer.request(server.http() + "/alone/" + path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return WatchedServer.send(request).statusCode();
    }

    @Test
    void thisMachineMayLookUntilSomebodyCanSignInAndNobodyMayEverAct() throws Exception {
        for (String path : PATHS) {
            assertThat(answer(path)).as(path).isIn(200, 503);
            assertThat(answer(path, "X-Forwarded-For", "192.0.2.1")).as(path).isEqualTo(401);
            assertThat(answer(path, "Authorization", "Basic bWU6bWU=")).as(path).isEqualTo(401);
        }
        assertThat(WatchedServer.send(WatchedServer.request(server.http() + "/alone/api/state"))
                        .body())
                .contains("\"user\":\"\",\"operator\":false,\"token\":\"\"");
        String origin = server.http();
        assertThat(WatchedServer.send(WatchedServer.request(server.http() + "/alone/api/action")
                                .header("Origin", origin)
                                .header("X-Connection-Guard-Token", "")
                                .POST(HttpRequest.BodyPublishers.ofString("operation=examine")))
                        .statusCode())
                .isEqualTo(403);

        wildFly.addUser("somebody", "else-1", "guest");
        await().atMost(Duration.ofSeconds(20)).until(() -> answer("api/state") == 401);
        for (String path : PATHS) {
            assertThat(answer(path)).as(path).isEqualTo(401);
        }
    }
}
