/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Speaks to the application in the server. For any thread. */
public final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    public Client(int port) {
        this.port = port;
    }

    /** Posts, and gives the answer. */
    public String post(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/bench/control/" + path);
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(uri + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Posts, and reads the JSON of the answer. */
    public <T> T post(String path, TypeReference<T> type) {
        try {
            return JSON.readValue(post(path), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
