/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.connectionguard.server.Ports;
import org.connectionguard.server.WildFly;
import org.connectionguard.tests.server.Cli;
import org.connectionguard.tests.server.Management;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A running WildFly that nobody has configured but the corpus. For one thread. */
final class CorpusServer implements AutoCloseable {
    /** Some shapes use what the server says is the default; they cannot have one each. */
    static final Pool DEFAULT = new Pool("Default", "java:jboss/datasources/corpus/Default");

    /** Nobody answers there. */
    static final Pool DOWN = new Pool("Down", "java:jboss/datasources/corpus/Down");

    private final ServerConfiguration configuration;
    private final Path directory;
    private final Process process;
    private final Thread atExit = new Thread(this::stop, "stop the corpus's server");
    private boolean guarding;

    /**
     * Starts it.
     *
     * @param wildFly unpacked; several may run in it, one after the other
     * @param directory for what is passing
     */
    CorpusServer(WildFly wildFly, ServerConfiguration configuration, Path directory) throws IOException {
        this.configuration = configuration;
        this.directory = directory;
        int port = Ports.free();
        System.setProperty("test.management.port", Integer.toString(port));
        System.setProperty("test.wildfly.home", wildFly.home().toString());
        // What one server is given, the next one need not have.
        Path delivered = wildFly.home().resolve("standalone/configuration").resolve(configuration.toString());
        Files.copy(delivered, delivered.resolveSibling("corpus.xml"), StandardCopyOption.REPLACE_EXISTING);
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(wildFly.home())
                .setServerConfiguration("corpus.xml")
                .addJavaOption("-Xmx2g")
                .addJavaOption("-XX:MaxMetaspaceSize=1g")
                .addJavaOption("-Djboss.bind.address=127.0.0.1")
                .addJavaOption("-Djboss.bind.address.management=127.0.0.1")
                .addJavaOption("-Djboss.http.port=" + Ports.free())
                .addJavaOption("-Djboss.https.port=" + Ports.free())
                .addJavaOption("-Djboss.management.http.port=" + port);
        process = Launcher.of(command)
                .setRedirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log"))
                .launch();
        Runtime.getRuntime().addShutdownHook(atExit);
        Management.awaitRunning();
    }

    /**
     * Gives it what the shapes want of a server.
     *
     * @param pools its data sources
     */
    void configure(Collection<Pool> pools) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.addAll(unless("/subsystem=datasources/jdbc-driver=mysql", "(driver-module-name=com.mysql)"));
        lines.add("batch");
        Stream.concat(Stream.of(DEFAULT, DOWN), pools.stream())
                .distinct()
                .map(CorpusServer::dataSource)
                .forEach(lines::add);
        lines.add("run-batch");
        lines.add("/subsystem=ee/service=default-bindings:write-attribute(name=datasource, value=" + DEFAULT.jndiName()
                + ")");
        lines.addAll(configuration.lines());
        // Many fail on purpose, many times, with long stack traces.
        for (String logger : List.of("org.jboss.as.ejb3", "org.hibernate", "org.jboss.jca", "com.arjuna")) {
            lines.addAll(unless("/subsystem=logging/logger=" + logger, "()"));
            lines.add("/subsystem=logging/logger=" + logger + ":write-attribute(name=level, value=OFF)");
        }
        Cli.Result result = Cli.run(directory, lines);
        assertThat(result.code()).as(result.output()).isZero();
    }

    private static List<String> unless(String address, String attributes) {
        return List.of(
                "if (outcome != success) of " + address + ":read-resource", address + ":add" + attributes, "end-if");
    }

    private static String dataSource(Pool pool) {
        return "data-source add --name=corpus-" + pool.name() + " --jndi-name=" + pool.jndiName()
                + " --driver-name=mysql --connection-url="
                + (pool.equals(DOWN)
                        ? "jdbc:mysql://127.0.0.1:1/defects"
                        : TestServers.database().url()) + " --user-name="
                + TestServers.database().user() + " --password="
                + TestServers.database().password() + " --min-pool-size=0 --max-pool-size=5";
    }

    /** A data source of the server. */
    record Pool(String name, String jndiName) {}

    /** Whether applications can be deployed so here. */
    boolean allows(Way way) {
        return configuration.allows(way);
    }

    /** Makes the guard the server's, or no longer so. */
    void guard(boolean all) throws IOException, InterruptedException {
        if (guarding != all) {
            install(all);
            Management.reload();
        }
    }

    private void install(boolean all) throws IOException, InterruptedException {
        script(
                all ? "server-wide.cli" : "server-wide-remove.cli",
                Map.of("library.jar", TestApplication.library().toString()));
        guarding = all;
    }

    private void script(String name, Map<String, String> parameters) throws IOException, InterruptedException {
        Cli.Result result = Cli.run(directory, name, parameters);
        assertThat(result.code()).as(result.output()).isZero();
    }

    @Override
    public void close() throws IOException {
        try {
            if (guarding) {
                // Its module is there for all servers of the directory.
                install(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
