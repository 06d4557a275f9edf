/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.server.DatabaseServer;

/**
 * PostgreSQL from a Maven artifact, which unpacks and initialises it; the process is ours, so that faults can be done to it.
 * For one thread.
 */
final class PostgreSql extends DatabaseServer {
    private static final String SUPERUSER = "postgres";

    private final Path executable;
    private final Path data;

    private PostgreSql(Path directory, int port, Path executable, Path data) {
        super(directory, port);
        this.executable = executable;
        this.data = data;
    }

    /**
     * Unpacks and initialises a server; {@link #start} starts it.
     *
     * @return empty where none can be started, which is said in a line
     */
    static Optional<PostgreSql> install(Path directory, int port) {
        Path data = directory.toAbsolutePath().resolve("data-" + port);
        try (EmbeddedPostgres first = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(directory.toFile())
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setOutputRedirector(Redirect.DISCARD)
                        .setErrorRedirector(Redirect.DISCARD)
                        .start();
                Connection connection = DriverManager.getConnection(first.getJdbcUrl(SUPERUSER, SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute("create user " + SCHEMA + " password '" + SCHEMA + "'");
            statement.execute("create database " + SCHEMA + " owner " + SCHEMA);
        } catch (IOException | SQLException | IllegalStateException e) {
            System.out.println("SKIP: no PostgreSQL can be started here (" + e + ")");
            return Optional.empty();
        }
        return Optional.of(new PostgreSql(directory, port, executable(directory.toAbsolutePath()), data));
    }

    /** Where it was unpacked to has a name by its contents. */
    private static Path executable(Path directory) {
        try (Stream<Path> files = Files.find(directory, 3, (file, facts) -> file.endsWith("bin/postgres"))) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It refuses to be run by root, who may give it a name space in which it is nobody. */
    @Override
    protected List<String> command(int port, List<String> options) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(executable.toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting :
                List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=400", "fsync=off")) {
            command.addAll(List.of("-c", setting));
        }
        command.addAll(options);
        return command;
    }

    @Override
    public String url(int otherPort) {
        return "jdbc:postgresql://127.0.0.1:" + otherPort + "/" + SCHEMA;
    }

    @Override
    public Connection connectAsRoot() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/postgres", SUPERUSER, "");
    }

    @Override
    public void killSessions() throws SQLException {
        asRoot("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + user() + "'");
    }

    @Override
    public void kill(long session) throws SQLException {
        asRoot("select pg_terminate_backend(" + session + ")");
    }

    /** Passwords are not looked at here. */
    @Override
    public void lockOut(boolean out) throws SQLException {
        asRoot("alter role " + user() + (out ? " nologin" : " login"));
    }

    /** Asked by the usual signal it would wait until its clients have gone. */
    @Override
    public void beginStop() {
        signal("INT", process());
    }
}
