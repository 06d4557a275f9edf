/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Whoever has started the demo, and can break things on purpose. There is one only where the system property {@code defects.demo}
 * says where: deployed by anybody else the application can break nothing. For any thread.
 */
@ApplicationScoped
public class DemoLauncher {
    /** A database takes its time to stop. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    /** Where it is asked. */
    Optional<URI> address() {
        return Optional.ofNullable(System.getProperty("defects.demo"))
                .filter(address -> !address.isEmpty())
                .map(URI::create);
    }

    /** What it answers. */
    HttpResponse<String> ask(String method, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("The demo's launcher does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
