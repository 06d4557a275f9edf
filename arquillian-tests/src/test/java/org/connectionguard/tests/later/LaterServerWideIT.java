/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.tests.server.NeedsDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the guard is the server's, and puts jobs off before their transaction begins. */
@Tag("later")
@ExtendWith(NeedsDatabase.class)
class LaterServerWideIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("work.directory"));
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void theServersGuardMakesUpWhatItHasPutOff() throws Exception {
        try (NightsServer server = new NightsServer(DIRECTORY, "nights-server-wide")) {
            server.serverWide();
            Night later = deploy(server, "later", "LATER");
            Night skip = deploy(server, "skip", "SKIP");
            Instant due = Instant.now().plusSeconds(4);
            for (Night night : new Night[] {later, skip}) {
                night.make("single", due, "single", false, 1);
                night.make("single", due, "single-persistent", true, 1);
                night.make("interval", due, "interval", false, 1);
                night.make("calendar", due, "calendar", true, 1);
            }
            server.proxy().refuse();
            await().atMost(SOON).until(() -> server.log("CG0140").size() == 4);
            await().atMost(SOON).until(() -> server.log("CG0108").size() == 4);
            server.proxy().recover();
            Map<String, Long> once = Map.of("single", 1L, "single-persistent", 1L, "interval", 1L, "calendar", 1L);
            await().atMost(SOON).untilAsserted(() -> assertThat(later.counts()).isEqualTo(once));
            await().during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(later.counts()).isEqualTo(once));
            assertThat(skip.done()).isEmpty();
            assertThat(server.log("CG0141")).hasSize(4);
            later.post("cancel");
            skip.post("cancel");
        }
    }

    private static Night deploy(NightsServer server, String name, String policy) {
        return Night.deployWithoutLibrary(
                server.http(), name, Optional.empty(), "connection-guard.on-unavailable=" + policy + "\n");
    }
}
