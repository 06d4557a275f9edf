/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A genuine MySQL, from Debian's packages, unpacked by {@code server-config/mysql/install-mysql.sh}. For one thread. */
public final class MySql extends DatabaseServer {
    private static final int NOT_TO_BE_HAD = 77;

    private final Path executable;
    private final Path data;

    private MySql(Path directory, int port, Path executable, Path data) {
        super(directory, port);
        this.executable = executable;
        this.data = data;
    }

    /**
     * Unpacks and initialises a server; {@link #start} starts it.
     *
     * @param script install-mysql.sh
     * @return empty where there is none for this machine; the script has said so in one line that begins with SKIP
     */
    public static Optional<MySql> install(Path script, Path directory, int port) {
        try {
            Files.createDirectories(temporary(directory, port));
            Path tree = directory.resolve("mysql").toAbsolutePath();
            Path data = directory.resolve("data-" + port).toAbsolutePath();
            int code = run(directory, "bash", script.toAbsolutePath().toString(), tree.toString());
            if (code == NOT_TO_BE_HAD) {
                return Optional.empty();
            }
            Path executable = tree.resolve("bin/mysqld");
            Path init = Files.write(directory.resolve("init.sql"), initStatements());
            int initialised = code != 0
                    ? code
                    : run(
                            directory,
                            Stream.concat(
                                            Stream.of(executable.toString()),
                                            Stream.concat(
                                                    asRoot(),
                                                    Stream.of(
                                                            "--initialize-insecure",
                                                            "--datadir=" + data,
                                                            "--tmpdir=" + temporary(directory, port),
                                                            "--init-file=" + init.toAbsolutePath())))
                                    .toArray(String[]::new));
            if (initialised != 0) {
                throw new StartException("MySQL cannot be set up in " + directory + ": code " + initialised);
            }
            return Optional.of(new MySql(directory, port, executable, data));
        } catch (IOException e) {
            throw new StartException("MySQL cannot be set up in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static List<String> initStatements() {
        List<String> statements = new ArrayList<>(firstStatements());
        statements.add("CREATE USER 'root'@'127.0.0.1' IDENTIFIED BY '';");
        statements.add("GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;");
        return statements;
    }

    private static int run(Path directory, String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    protected List<String> command(int port, List<String> options) {
        return Stream.of(
                        Stream.of(executable.toString()),
                        asRoot(),
                        Stream.of(
                                "--datadir=" + data,
                                "--tmpdir=" + temporary(directory(), port),
                                "--port=" + port,
                                "--bind-address=127.0.0.1",
                                "--socket=mysql.sock",
                                "--mysqlx=OFF",
                                "--secure-file-priv=NULL",
                                "--skip-log-bin",
                                "--skip-name-resolve",
                                "--max-connections=400",
                                "--performance-schema=OFF",
                                "--innodb-buffer-pool-size=64M",
                                "--innodb-redo-log-capacity=32M",
                                "--innodb-flush-log-at-trx-commit=2"),
                        options.stream())
                .flatMap(part -> part)
                .toList();
    }

    private static Stream<String> asRoot() {
        return "root".equals(System.getProperty("user.name")) ? Stream.of("--user=root") : Stream.empty();
    }
}
