/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** WildFly's command line, as users run it against the running server. */
public final class Cli {
    private static final Path SCRIPTS = Path.of("../server-config/wildfly");

    private Cli() {}

    /** How it ended, and what it printed. */
    public record Result(int code, String output) {}

    /** Runs one of the scripts that users run; the parameters go through a file in the directory. */
    public static Result run(Path directory, String script, Map<String, String> parameters)
            throws IOException, InterruptedException {
        String lines = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace(":", "\\:"))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(directory.resolve("data-source.properties"), lines);
        return run(List.of("--resolve-parameter-values", "--properties=" + file, "--file=" + SCRIPTS.resolve(script)));
    }

    /** Runs lines as they would be typed. */
    public static Result run(Path directory, List<String> lines) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("lines.cli"), lines);
        return run(List.of("--file=" + file));
    }

    private static Result run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                // Unpacked by Java, the script is not executable.
                "sh",
                System.getProperty("test.wildfly.home") + "/bin/jboss-cli.sh",
                "--connect",
                "--controller=127.0.0.1:" + System.getProperty("test.management.port")));
        command.addAll(arguments);
        Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(cli.getInputStream().readAllBytes());
        return new Result(cli.waitFor(), output);
    }
}
