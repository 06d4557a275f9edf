/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.connectionguard.server.DatabaseServer;
import org.connectionguard.server.Ports;
import org.connectionguard.server.WildFly;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * A running WildFly of a test's own, as delivered but for what the test gives it; the one that {@link Management} and {@link Cli}
 * speak to. For one thread.
 */
public final class OwnServer implements AutoCloseable {
    private final WildFly wildFly;
    private final Path directory;
    private final int httpPort = Ports.free();
    private final int managementPort = Ports.free();
    private final Process process;
    private final Thread atExit = new Thread(this::stop, "stop a server of a test's own");

    /**
     * Starts it.
     *
     * @param wildFly unpacked; several may run in it, one after the other
     * @param configuration one of those that it is delivered with
     * @param directory for what is passing
     */
    public OwnServer(WildFly wildFly, String configuration, Path directory, String... javaOptions) throws IOException {
        this.wildFly = wildFly;
        this.directory = directory;
        System.setProperty("test.http.port", Integer.toString(httpPort));
        System.setProperty("test.management.port", Integer.toString(managementPort));
        System.setProperty("test.wildfly.home", wildFly.home().toString());
        // What one server is given, the next one need not have.
        Path delivered = wildFly.home().resolve("standalone/configuration").resolve(configuration);
        Files.copy(delivered, delivered.resolveSibling("own.xml"), StandardCopyOption.REPLACE_EXISTING);
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(wildFly.home())
                .setServerConfiguration("own.xml")
                .addJavaOption("-Xmx2g")
                .addJavaOption("-XX:MaxMetaspaceSize=1g")
                .addJavaOption("-Djboss.bind.address=127.0.0.1")
                .addJavaOption("-Djboss.bind.address.management=127.0.0.1")
                .addJavaOption("-Djboss.http.port=" + httpPort)
                .addJavaOption("-Djboss.https.port=" + Ports.free())
                .addJavaOption("-Djboss.management.http.port=" + managementPort);
        for (String option : javaOptions) {
            command.addJavaOption(option);
        }
        process = Launcher.of(command)
                .setRedirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log"))
                .launch();
        Runtime.getRuntime().addShutdownHook(atExit);
        Management.awaitRunning();
    }

    /** Lines for its command line that do something unless it has been done. */
    public static List<String> unless(String address, String attributes) {
        return List.of(
                "if (outcome != success) of " + address + ":read-resource", address + ":add" + attributes, "end-if");
    }

    /** The lines that make the driver that the data sources of tests have, where it is not there yet. */
    public static List<String> driver() {
        return unless("/subsystem=datasources/jdbc-driver=mysql", "(driver-module-name=com.mysql)");
    }

    /** The lines that make the driver, and a data source that reaches the tests' database by this port. */
    public static List<String> dataSource(String name, String jndiName, int port) {
        DatabaseServer database = TestServers.database();
        List<String> lines = new ArrayList<>(driver());
        lines.add("data-source add --name=" + name + " --jndi-name=" + jndiName
                + " --driver-name=mysql --connection-url="
                + database.url(port)
                + "?connectTimeout=1000&socketTimeout=5000 --user-name=" + database.user() + " --password="
                + database.password() + " --max-pool-size=10");
        return lines;
    }

    /** The lines that leave the logs of these away. */
    public static List<String> quiet(String... loggers) {
        List<String> lines = new ArrayList<>();
        for (String logger : loggers) {
            lines.addAll(unless("/subsystem=logging/logger=" + logger, "()"));
            lines.add("/subsystem=logging/logger=" + logger + ":write-attribute(name=level, value=OFF)");
        }
        return lines;
    }

    /** Types lines. */
    public void type(List<String> lines) throws IOException, InterruptedException {
        succeeds(Cli.run(directory, lines));
    }

    /** Runs one of the scripts that users run. */
    public void script(String name, Map<String, String> parameters) throws IOException, InterruptedException {
        succeeds(Cli.run(directory, name, parameters));
    }

    private static void succeeds(Cli.Result result) {
        assertThat(result.code()).as(result.output()).isZero();
    }

    /** The address of its applications. */
    public String http() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** The address of its management. */
    public String management() {
        return "http://127.0.0.1:" + managementPort;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Its directory. */
    public Path home() {
        return wildFly.home();
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
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
