/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.connectionguard.server.Directories;
import org.connectionguard.server.Ports;
import org.connectionguard.server.Template;

/** Open Liberty. */
final class LibertyServer implements AppServer {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path distribution;
    private final Path directory;
    private final int port = Ports.free();
    private Path server;
    private ServerProcess process;

    LibertyServer(Path distribution, Path directory) {
        this.distribution = distribution;
        this.directory = directory;
    }

    @Override
    public void start(List<DataSourceSetup> dataSources, List<String> javaOptions) throws IOException {
        Path home = Directories.unpack(distribution, directory);
        server = Files.createDirectories(home.resolve("usr/servers/contract"));
        Files.writeString(server.resolve("server.xml"), """
                <server>
                  <featureManager>
                    <feature>webProfile-10.0</feature>
                    <feature>concurrent-3.0</feature>
                    <feature>enterpriseBeansPersistentTimer-4.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                  <applicationMonitor pollingRate="200ms"/>
                  <!-- Its persistent timers are here, and no fault comes near them. -->
                  <dataSource id="DefaultDataSource" type="javax.sql.XADataSource">
                    <jdbcDriver>
                      <library>
                        <file name="%s"/>
                      </library>
                    </jdbcDriver>
                    <properties.derby.embedded databaseName="%s" createDatabase="create"/>
                  </dataSource>
                </server>
                """.formatted(
                        port, System.getProperty("derby.jar"), directory.resolve("timers")));
        Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
        for (DataSourceSetup each : dataSources) {
            Files.writeString(
                    overrides.resolve(each.name() + ".xml"),
                    new Template("liberty/" + each.file("data-source.xml"), each.parameters(nameOf(each)))
                            .text()
                            // Else it takes half a minute until a pool says that it is exhausted.
                            .replaceFirst(
                                    "<connectionManager (?!.*connectionTimeout)",
                                    "<connectionManager connectionTimeout=\"5s\" "));
        }
        Files.createDirectories(server.resolve("dropins"));
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-Xmx1g"));
        // What its own script gives Java.
        command.addAll(Files.readAllLines(home.resolve("lib/platform/java/java9.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "contract"));
        process = ServerProcess.start(directory, Map.of(), directory.resolve("console.log"), command);
        await().atMost(PATIENCE).until(() -> Http.answers(port, "/"));
    }

    @Override
    public void deploy(Path war, String page) throws IOException {
        Files.copy(war, dropped(war), StandardCopyOption.REPLACE_EXISTING);
        await().atMost(PATIENCE).until(() -> Http.answers(port, Http.context(war) + page));
    }

    @Override
    public void undeploy(Path war, String page) throws IOException {
        Files.delete(dropped(war));
        await().atMost(PATIENCE).until(() -> !Http.answers(port, Http.context(war) + page));
    }

    private Path dropped(Path war) {
        return server.resolve("dropins").resolve(war.getFileName());
    }

    @Override
    public String nameOf(DataSourceSetup dataSource) {
        return "jdbc/" + dataSource.name();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path log() {
        return server.resolve("logs/messages.log");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
