/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** What is asked of servers on loopback. Stateless. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    /** Where an application is. */
    static String context(Path war) {
        return "/" + war.getFileName().toString().replace(".war", "") + "/";
    }

    /** Whether there is somebody, and he has it. */
    static boolean answers(int port, String path) {
        try {
            int status = send(request(port, path).GET().build()).statusCode();
            return status == 200 || path.equals("/");
        } catch (IOException e) {
            return false;
        }
    }

    /** What is there. */
    static String get(int port, String path) throws IOException {
        HttpResponse<String> response = send(request(port, path).GET().build());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode());
        }
        return response.body();
    }

    /** Has it done. */
    static void post(int port, String path) throws IOException {
        int status = send(request(port, path)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
        if (status >= 300) {
            throw new IOException(path + ": " + status);
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
