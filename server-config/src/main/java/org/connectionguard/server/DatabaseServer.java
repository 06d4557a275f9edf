/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A database server process of our own on loopback, which faults can be done to: stopped, killed, frozen, started again on
 * the same port and data. Its superuser is {@code root} without a password, on loopback only; applications use
 * {@link #user()}.
 *
 * <p>For one thread. The process ends with this JVM.
 */
public abstract class DatabaseServer implements Database {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCHEMA = "defects";

    private final int port;
    private final Path directory;
    private final Thread atExit = new Thread(this::destroy, "stop database");
    private Process process;

    protected DatabaseServer(Path directory, int port) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The command that runs the server in the foreground, on {@code port}, with the given options at its end. */
    protected abstract List<String> command(int port, List<String> options);

    /** Where data, socket and logs live. */
    public final Path directory() {
        return directory;
    }

    /** The statements that make the schema and its user, for the server's first start. */
    protected static List<String> firstStatements() {
        return List.of(
                "CREATE DATABASE IF NOT EXISTS " + SCHEMA + ";",
                "CREATE USER IF NOT EXISTS 'defects'@'%' IDENTIFIED BY 'defects';",
                "GRANT ALL PRIVILEGES ON " + SCHEMA + ".* TO 'defects'@'%';",
                "GRANT XA_RECOVER_ADMIN ON *.* TO 'defects'@'%';");
    }

    public final int port() {
        return port;
    }

    @Override
    public final String url() {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + SCHEMA;
    }

    @Override
    public final String user() {
        return "defects";
    }

    @Override
    public final String password() {
        return "defects";
    }

    /** A new connection as superuser. */
    public final Connection connectAsRoot() throws SQLException {
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/", "root", "");
    }

    /** Starts the server and returns when it lets a user in. Options go to the server's command line as they are. */
    public final void start(String... options) {
        Path log = directory.resolve("server.log");
        try {
            process = new ProcessBuilder(command(port, List.of(options)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new StartException("The database server cannot be run: " + e.getMessage(), e);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = connectAsRoot()) {
                connection.getMetaData();
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    destroy();
                    throw new StartException(
                            "The database server does not start: " + lastLine(log) + " (" + log + ")", e);
                }
            }
            awaitExit(20);
        }
    }

    /** Asks the server to shut down, and does not wait for it. */
    public final void beginStop() {
        process.destroy();
    }

    /** Asks the server to shut down, and waits until it has. */
    public final void stop() {
        beginStop();
        if (!awaitExit(PATIENCE.toMillis())) {
            destroy();
        }
    }

    /** SIGKILL: no goodbye to the clients, and crash recovery at the next start. */
    public final void kill() {
        destroy();
    }

    /** SIGSTOP: the server keeps its sockets and answers nothing, until {@link #thaw()}. */
    public final void freeze() {
        signal("STOP");
    }

    /** SIGCONT after {@link #freeze()}. */
    public final void thaw() {
        signal("CONT");
    }

    public final boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public final void close() {
        if (isRunning()) {
            stop();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void destroy() {
        if (process != null) {
            process.destroyForcibly();
            awaitExit(PATIENCE.toMillis());
        }
    }

    private boolean awaitExit(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }
}
