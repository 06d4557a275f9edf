/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A database server process of our own on loopback, which faults can be done to: stopped, killed, frozen, started again on
 * the same port and data. Its superuser has no password, and is let in on loopback only; applications use
 * {@link #user()}.
 *
 * <p>For one thread. The process ends with this JVM.
 */
public abstract class DatabaseServer implements Database {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NO_SUCH_SESSION = 1094;
    /** And its user, and that user's password. */
    protected static final String SCHEMA = "defects";

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

    /** Its own: a server that starts takes away whatever temporary tables it finds, and there may be others on the machine. */
    protected static Path temporary(Path directory, int port) {
        return directory.resolve("tmp-" + port).toAbsolutePath();
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
        return url(port);
    }

    /** The JDBC URL by another port, from which a proxy leads here. */
    public String url(int otherPort) {
        return "jdbc:mysql://127.0.0.1:" + otherPort + "/" + SCHEMA;
    }

    @Override
    public final String user() {
        return SCHEMA;
    }

    @Override
    public final String password() {
        return SCHEMA;
    }

    /** A new connection as superuser. */
    public Connection connectAsRoot() throws SQLException {
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

    /** Ends all sessions of {@link #user()}, as an administrator does. */
    public void killSessions() throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet sessions = statement.executeQuery(
                        "select id from information_schema.processlist where user = '" + user() + "'")) {
            while (sessions.next()) {
                ids.add(sessions.getLong(1));
            }
        }
        for (long id : ids) {
            kill(id);
        }
    }

    /** Ends one session, by its number, unless it has gone by itself. */
    public void kill(long session) throws SQLException {
        try (Connection connection = connectAsRoot();
                Statement statement = connection.createStatement()) {
            kill(statement, session);
        }
    }

    /** The same, by a statement of somebody who may. */
    static void kill(Statement statement, long session) throws SQLException {
        try {
            statement.execute("kill " + session);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_SESSION) {
                throw e;
            }
        }
    }

    /** Has {@link #user()} not log in any more, as after a change of the password; or log in again. */
    public void lockOut(boolean out) throws SQLException {
        asRoot("alter user '" + user() + "'@'%' identified by '" + (out ? "another" : password()) + "'");
    }

    /** Executes an order as superuser. */
    protected final void asRoot(String order) throws SQLException {
        try (Connection connection = connectAsRoot();
                Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
    }

    /** Asks the server to shut down, and does not wait for it. */
    public void beginStop() {
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

    /** Whether this operating system has what {@link #freeze} needs. */
    public static boolean canFreeze() {
        return !System.getProperty("os.name").startsWith("Windows");
    }

    /** SIGSTOP: the server keeps its sockets and answers nothing, until {@link #thaw()}. */
    public final void freeze() {
        signal("STOP");
    }

    /** SIGCONT after {@link #freeze()}. */
    public final void thaw() {
        signal("CONT");
    }

    /** The process that was started, and all others by it. */
    protected final ProcessHandle process() {
        return process.toHandle();
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

    /** To its processes, the first of them at first: then it can start no more of them. */
    private void signal(String name) {
        signal(name, process.toHandle());
        process.descendants().forEach(each -> signal(name, each));
    }

    /** One of its processes gets a signal. */
    protected static void signal(String name, ProcessHandle to) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(to.pid()))
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
