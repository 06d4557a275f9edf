/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.connectionguard.server.Directories;
import org.connectionguard.server.Ports;
import org.connectionguard.server.Template;

/** GlassFish 7 or 8, or Payara. */
final class GlassFishServer implements AppServer {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path distribution;
    private final Path directory;
    private final int port = Ports.free();
    private final int adminPort = Ports.free();
    private Path home;
    private ServerProcess process;

    GlassFishServer(Path distribution, Path directory) {
        this.distribution = distribution;
        this.directory = directory;
    }

    @Override
    public void start(List<DataSourceSetup> dataSources, List<String> javaOptions)
            throws IOException, InterruptedException {
        home = Directories.unpack(distribution, directory).resolve("glassfish");
        Path domain = home.resolve("domains/domain1");
        Files.copy(
                DataSourceSetup.driver(),
                domain.resolve("lib").resolve(DataSourceSetup.driver().getFileName()));
        ServerProcess.patch(domain.resolve("config/domain.xml"), configuration(javaOptions));
        process = ServerProcess.start(
                directory,
                Map.of("AS_JAVA", System.getProperty("java.home"), "JAVA_HOME", System.getProperty("java.home")),
                log(),
                command("start-domain", "--verbose", "domain1"));
        await().atMost(PATIENCE).until(() -> Http.answers(port, "/"));
        Path script = directory.resolve("data-sources.asadmin");
        Files.write(
                script,
                dataSources.stream()
                        .map(each -> new Template(
                                        "glassfish/" + each.file("data-source.asadmin"), each.parameters(nameOf(each)))
                                .text())
                        .toList());
        asadmin("multimode", "--file", script.toString());
    }

    /** Other ports, on loopback only; and no search for other nodes. */
    private Map<String, String> configuration(List<String> javaOptions) throws IOException {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("address=\"0.0.0.0\"", "address=\"127.0.0.1\"");
        for (String listener : List.of("port=\"8080\"", "port=\"8181\"", "port=\"4848\"")) {
            int free = listener.contains("8080") ? port : listener.contains("4848") ? adminPort : Ports.free();
            changes.put(
                    "<network-listener " + listener, "<network-listener address=\"127.0.0.1\" port=\"" + free + "\"");
        }
        for (String other : List.of("3700", "3820", "3920", "8686", "7676")) {
            changes.put("\"" + other + "\"", "\"" + Ports.free() + "\"");
        }
        changes.put(
                "<jvm-options>-Dosgi.shell.telnet.port=6666</jvm-options>",
                javaOptions.stream()
                        .map(option -> "<jvm-options>" + option.replace("\"", "&quot;") + "</jvm-options>")
                        .collect(Collectors.joining("\n")));
        String domain = Files.readString(home.resolve("domains/domain1/config/domain.xml"));
        String hazelcast = "<hazelcast-runtime-configuration ";
        if (domain.contains(hazelcast)) {
            changes.put(hazelcast, hazelcast + "enabled=\"false\" ");
        }
        return changes;
    }

    private void asadmin(String... arguments) throws IOException, InterruptedException {
        List<String> command = command("--host", "127.0.0.1", "--port", Integer.toString(adminPort));
        command.addAll(List.of(arguments));
        ServerProcess.run(directory, command);
    }

    /** GlassFish 8 has a program that finds the modules of its tool; before it the tool's own jar did. */
    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ServerProcess.java()));
        Path program = home.resolve("bin/asadmin.java");
        if (Files.exists(program)) {
            command.add(program.toString());
        } else {
            command.add("-jar");
            command.add(home.resolve("lib/client/appserver-cli.jar").toString());
        }
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void deploy(Path war, String page) throws IOException, InterruptedException {
        asadmin("deploy", "--contextroot", name(war), "--name", name(war), war.toString());
        await().atMost(PATIENCE).until(() -> Http.answers(port, Http.context(war) + page));
    }

    @Override
    public void undeploy(Path war, String page) throws IOException, InterruptedException {
        asadmin("undeploy", name(war));
        await().atMost(PATIENCE).until(() -> !Http.answers(port, Http.context(war) + page));
    }

    private static String name(Path war) {
        return war.getFileName().toString().replace(".war", "");
    }

    @Override
    public String nameOf(DataSourceSetup dataSource) {
        return "jdbc/" + dataSource.name();
    }

    @Override
    public int port() {
        return port;
    }

    /** What it says on its console too; its own file it changes for another one from time to time. */
    @Override
    public Path log() {
        return directory.resolve("console.log");
    }

    @Override
    public void close() {
        try {
            asadmin("stop-domain", "--force", "domain1");
        } catch (IOException | RuntimeException e) {
            // Then its process is ended below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (process != null) {
            process.close();
        }
    }
}
