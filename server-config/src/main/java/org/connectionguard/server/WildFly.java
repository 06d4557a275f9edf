/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wildfly.core.launcher.CliCommandBuilder;
import org.wildfly.core.launcher.CommandBuilder;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** An unpacked WildFly: configured by scripts, started on loopback, stopped. For one thread; ends with this JVM. */
public final class WildFly implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final Thread atExit = new Thread(this::destroy, "stop WildFly");
    private Process process;

    private WildFly(Path home) {
        this.home = home;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Unpacks a distribution.
     *
     * @param distribution WildFly's zip
     * @param directory gets one directory, WildFly's home
     * @throws StartException when there is no such zip, or no room
     */
    public static WildFly unpack(Path distribution, Path directory) {
        return new WildFly(Directories.unpack(distribution, directory));
    }

    /** The directory that holds {@code jboss-modules.jar}. */
    public Path home() {
        return home;
    }

    /** The server's log. */
    public Path log() {
        return home.resolve("standalone/log/server.log");
    }

    /** Applies scripts, and further CLI lines, to standalone.xml, in one go, with the server stopped. */
    public void configure(List<CliScript> scripts, String... further) {
        String commands = Stream.of(
                        Stream.of("embed-server --std-out=discard"),
                        scripts.stream().map(CliScript::text),
                        Stream.of(further),
                        Stream.of("stop-embedded-server"))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            Path file = Files.writeString(home.resolve("standalone/tmp-configure.cli"), commands);
            String output = run(CliCommandBuilder.of(home)
                    .addJavaOption("-Djboss.cli.config=" + home.resolve("bin/jboss-cli.xml"))
                    .setScriptFile(file));
            Files.delete(file);
            if (output.contains("\"outcome\" => \"failed\"")) {
                throw new StartException("WildFly refuses its configuration:\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a line of the CLI on the server that is running, as whoever may read its files. */
    public void execute(int managementPort, String line) {
        try {
            run(CliCommandBuilder.of(home)
                    .setConnection("127.0.0.1", managementPort)
                    .setCommand(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a user of the server's applications, as {@code add-user.sh -a} does. */
    public void addUser(String name, String password, String role) {
        try {
            append("application-users.properties", name + "=" + digest(name + ":ApplicationRealm:" + password));
            append("application-roles.properties", name + "=" + role);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String file, String line) throws IOException {
        Files.writeString(
                home.resolve("standalone/configuration").resolve(file),
                System.lineSeparator() + line + System.lineSeparator(),
                StandardOpenOption.APPEND);
    }

    /** The one that these files are in. */
    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command to its end and gives what it printed. */
    private String run(CommandBuilder command) throws IOException {
        Process cli = Launcher.of(command)
                .setRedirectErrorStream(true)
                .addEnvironmentVariable("JBOSS_HOME", home.toString())
                .launch();
        String output = new String(cli.getInputStream().readAllBytes());
        try {
            int code = cli.waitFor();
            if (code != 0) {
                throw new StartException("WildFly's CLI ended with code " + code + ":\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cli.destroyForcibly();
        }
        return output;
    }

    /** Starts the server with the archives deployed, and returns when they are. */
    public void start(int httpPort, int managementPort, List<Path> archives, String... javaOptions) {
        Path deployments = home.resolve("standalone/deployments");
        try {
            for (Path archive : archives) {
                Files.copy(archive, deployments.resolve(archive.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            StandaloneCommandBuilder command = StandaloneCommandBuilder.of(home)
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
                    .redirectOutput(home.resolve("standalone/console.log"))
                    .launch();
        } catch (IOException e) {
            throw new StartException("WildFly cannot be run from " + home + ": " + e.getMessage(), e);
        }
        for (Path archive : archives) {
            awaitDeployed(deployments, archive.getFileName().toString());
        }
    }

    private void awaitDeployed(Path deployments, String archive) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(deployments.resolve(archive + ".deployed"))) {
            Path failed = deployments.resolve(archive + ".failed");
            if (Files.exists(failed)) {
                throw new StartException("WildFly refuses " + archive + ": " + read(failed));
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new StartException("WildFly did not start; see " + log());
            }
            awaitExit(100);
        }
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        if (isRunning()) {
            process.destroy();
            awaitExit(TimeUnit.SECONDS.toMillis(30));
        }
        destroy();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void destroy() {
        if (isRunning()) {
            process.destroyForcibly();
        }
    }

    private void awaitExit(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
