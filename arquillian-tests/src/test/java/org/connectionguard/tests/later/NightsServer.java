/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.later;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.CliScript;
import org.connectionguard.server.Demo;
import org.connectionguard.server.TcpProxy;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.nights.Diary;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.OwnServer;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;

/** A server for nightly jobs, and a proxy before its database. For one thread. */
final class NightsServer implements AutoCloseable {
    private final WildFly wildFly;
    private final Path directory;
    private final TcpProxy proxy = new TcpProxy(TestServers.database().port());
    private OwnServer server;
    private boolean serverWide;

    NightsServer(Path directory, String name) throws IOException, InterruptedException {
        this.directory = directory;
        this.wildFly = WildFly.unpack(Path.of(System.getProperty("wildfly.zip")), directory.resolve(name));
        wildFly.configure(List.of(new CliScript("driver.cli", Map.of("driver.jar", Demo.driverJar()))));
        Files.deleteIfExists(wildFly.log());
        start();
    }

    /** Starts it, as delivered. */
    void start() throws IOException, InterruptedException {
        server = new OwnServer(wildFly, "standalone.xml", directory);
        List<String> lines = new ArrayList<>(OwnServer.dataSource("Nights", Diary.DATA_SOURCE, proxy.port()));
        lines.addAll(OwnServer.quiet("org.jboss.as.ejb3"));
        server.type(lines);
        server.script("quiet-pool-log.cli", Map.of());
        Management.reload();
    }

    /** Stops it, in good order. */
    void stop() {
        server.close();
    }

    /** From now on the guard is the server's. */
    void serverWide() throws IOException, InterruptedException {
        server.script(
                "server-wide.cli",
                Map.of("library.jar", TestApplication.library().toString()));
        Management.reload();
        serverWide = true;
    }

    TcpProxy proxy() {
        return proxy;
    }

    String http() {
        return server.http();
    }

    /** What the guard has said in the server's log, with an id. */
    List<String> log(String id) throws IOException {
        return Files.readAllLines(wildFly.log()).stream()
                .filter(line -> line.contains("[org.connectionguard]") && line.contains(" " + id + " "))
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            if (serverWide) {
                // Its module is there for all servers of the directory.
                server.script("server-wide-remove.cli", Map.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
            proxy.close();
        }
    }
}
