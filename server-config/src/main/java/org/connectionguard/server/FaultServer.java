/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Where an application that was told this address has faults done: on loopback, below a path that nobody can guess. GET gives
 * what is out of order now, and which faults there are; POST below it does one. For any thread.
 */
public final class FaultServer implements AutoCloseable {
    private final Faults faults;
    private final String path = "/" + UUID.randomUUID() + "/";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "faults");
        thread.setDaemon(true);
        return thread;
    });

    /** With what is then done. */
    public FaultServer(Faults faults) {
        this.faults = faults;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(path, this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Its address, which is not to be shown to anybody. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(path.length());
        String method = exchange.getRequestMethod();
        if (name.isEmpty() && method.equals("GET")) {
            answer(exchange, 200, "application/json", now());
        } else if (!name.isEmpty() && method.equals("POST")) {
            happen(exchange, name);
        } else {
            answer(exchange, 405, "text/plain", "");
        }
    }

    /** None of our words has anything in it that JSON would write otherwise. */
    private String now() {
        return faults.names().stream()
                .collect(Collectors.joining("\",\"", "{\"now\":\"" + faults.now() + "\",\"faults\":[\"", "\"]}"));
    }

    private void happen(HttpExchange exchange, String name) throws IOException {
        try {
            String came = faults.happen(name).orElse("");
            answer(exchange, came.isEmpty() ? 404 : 200, "text/plain", came);
        } catch (StartException e) {
            answer(exchange, 500, "text/plain", e.getMessage());
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String words) throws IOException {
        try (exchange) {
            byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** What is done is undone as far as it would keep servers from ending. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        faults.undo();
    }
}
