/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.connectionguard.server.Directories;
import org.connectionguard.server.Ports;
import org.connectionguard.server.Template;

/** TomEE, the Plus one, which has all of Jakarta EE's web profile and more. */
final class TomEeServer implements AppServer {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path distribution;
    private final Path directory;
    private final int port = Ports.free();
    private Path home;
    private ServerProcess process;

    TomEeServer(Path distribution, Path directory) {
        this.distribution = distribution;
        this.directory = directory;
    }

    @Override
    public void start(List<DataSourceSetup> dataSources, List<String> javaOptions) throws IOException {
        home = Directories.unpack(distribution, directory);
        Files.copy(
                DataSourceSetup.driver(),
                home.resolve("lib").resolve(DataSourceSetup.driver().getFileName()));
        ServerProcess.patch(
                home.resolve("conf/server.xml"),
                Map.of(
                        "<Server port=\"8005\"",
                        "<Server port=\"-1\"",
                        "<Connector port=\"8080\"",
                        "<Connector address=\"127.0.0.1\" port=\"" + port + "\"",
                        // Looks every second for what is to be deployed, and not every ten.
                        "<Engine name=\"Catalina\" defaultHost=\"localhost\">",
                        "<Engine name=\"Catalina\" defaultHost=\"localhost\" backgroundProcessorDelay=\"1\">"));
        Files.writeString(
                home.resolve("conf/tomee.xml"),
                dataSources.stream()
                        .map(each -> new Template(
                                        "tomee/" + each.file("data-source.xml"), each.parameters(nameOf(each)))
                                .text())
                        // The pools of tests to come are to be empty while others have their faults; and it is not to
                        // take half a minute until a pool says that it is exhausted.
                        .map(resource -> resource.replace(
                                "</Resource>", "  InitialSize 0\n  MaxWaitTime 5 seconds\n</Resource>"))
                        .collect(Collectors.joining("\n", "<tomee>\n", "</tomee>\n")));
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-Xmx1g"));
        command.addAll(javaOptions);
        for (String opened : List.of(
                "java.base/java.lang",
                "java.base/java.io",
                "java.base/java.util",
                "java.base/java.util.concurrent",
                "java.rmi/sun.rmi.transport")) {
            command.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-javaagent:" + home.resolve("lib/openejb-javaagent.jar"),
                "-Dopenejb.deploymentId.format={appId}/{ejbName}",
                "-Dopenejb.timer.pool.size=20",
                "-Djava.util.logging.config.file=" + home.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + home,
                "-Djava.io.tmpdir=" + home.resolve("temp"),
                "-classpath",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        process = ServerProcess.start(directory, Map.of(), log(), command);
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
        return home.resolve("webapps").resolve(war.getFileName());
    }

    @Override
    public String nameOf(DataSourceSetup dataSource) {
        return "jdbc/" + dataSource.name();
    }

    @Override
    public String lookUpNameOf(DataSourceSetup dataSource) {
        return "openejb:Resource/" + nameOf(dataSource);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path log() {
        return directory.resolve("console.log");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
