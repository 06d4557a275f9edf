/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.connectionguard.server.Ports;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.tests.server.TestServers;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** One server of the cluster, with its own ways to the database. For one thread; ends with this JVM. */
final class Node implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name;
    private final Path home;
    private final Path base;
    private final int clusterPort;
    private final int httpPort = Ports.free();
    private final TcpProxy work = new TcpProxy(TestServers.database().port());
    private final TcpProxy timers = new TcpProxy(TestServers.database().port());
    private final Thread atExit = new Thread(this::kill, "kill a node of the cluster");
    private Process process;

    /**
     * @param home of the WildFly that all nodes share
     * @param base what {@code standalone} is elsewhere, configured by {@link Cluster}
     */
    Node(String name, Path home, Path base, int clusterPort) {
        this.name = name;
        this.home = home;
        this.base = base;
        this.clusterPort = clusterPort;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    String name() {
        return name;
    }

    /** The way of the jobs' work to the database. */
    TcpProxy work() {
        return work;
    }

    /** The way of the timer service's own statements to the database. */
    TcpProxy timers() {
        return timers;
    }

    int clusterPort() {
        return clusterPort;
    }

    /** Launches it; what is deployed is deployed as it boots. */
    void start(List<Node> cluster) throws IOException {
        Path deployments = base.resolve("deployments");
        for (Store store : Store.values()) {
            Path archive = deployments.resolve(store.archive().getName());
            Files.deleteIfExists(marker(store, ".deployed"));
            Files.deleteIfExists(archive);
            store.archive().as(ZipExporter.class).exportTo(archive.toFile());
        }
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(home)
                .setBaseDirectory(base)
                .addJavaOption("-Xmx512m")
                .addJavaOption("-Djboss.node.name=" + name)
                .addJavaOption("-Djboss.tx.node.id=" + name)
                .addJavaOption("-Djboss.bind.address=127.0.0.1")
                .addJavaOption("-Djboss.bind.address.management=127.0.0.1")
                .addJavaOption("-Djboss.bind.address.private=127.0.0.1")
                .addJavaOption("-Djboss.http.port=" + httpPort)
                .addJavaOption("-Djboss.https.port=" + Ports.free())
                .addJavaOption("-Djboss.management.http.port=" + Ports.free())
                .addJavaOption("-Dtest.cluster.port=" + clusterPort)
                .addJavaOption("-Dtest.work.port=" + work.port())
                .addJavaOption("-Dtest.timers.port=" + timers.port());
        for (int i = 0; i < cluster.size(); i++) {
            command.addJavaOption("-Dtest.cluster.port." + i + "=" + cluster.get(i).clusterPort);
        }
        process = Launcher.of(command)
                .setRedirectErrorStream(true)
                .redirectOutput(base.resolve("console.log"))
                .launch();
    }

    /** Returns when its applications are deployed. */
    void awaitDeployed() {
        for (Store store : Store.values()) {
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                if (!process.isAlive() || Files.exists(marker(store, ".failed"))) {
                    throw new IllegalStateException(name + " does not start; see " + base.resolve("console.log"));
                }
                return Files.exists(marker(store, ".deployed"));
            });
        }
    }

    /** Deploys an application anew. */
    void redeploy(Store store) throws IOException {
        Files.delete(marker(store, ".deployed"));
        Files.createFile(marker(store, ".dodeploy"));
        awaitDeployed();
    }

    private Path marker(Store store, String kind) {
        return base.resolve("deployments").resolve(store.archive().getName() + kind);
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Makes a timer here for each job that runs once; as a distributed one it stays here. */
    void orderOnce(Store store) {
        send(request(store, "once?after=PT0.1S&name=once").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Whether a call of a guarded job is under way here. */
    boolean isCalling(Store store, String job) {
        return send(request(store, "under-way")).lines().anyMatch((job + ".run")::equals);
    }

    /** Whether a run of a guarded job is put off here. */
    boolean hasPutOff(Store store, String job) {
        return send(request(store, "put-off")).lines().anyMatch((job + ".run")::equals);
    }

    private HttpRequest.Builder request(Store store, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + httpPort + "/" + store.application() + "/jobs/" + path));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As when the machine loses its power; returns when it has gone. */
    void kill() {
        if (isAlive()) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroy();
            try {
                process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
        work.close();
        timers.close();
    }
}
