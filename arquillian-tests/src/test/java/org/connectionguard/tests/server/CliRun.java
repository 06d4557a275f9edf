/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of running a script on the running server by the README's command.
 *
 * @param code that the command ended with
 * @param output what it printed
 */
public record CliRun(int code, String output) {
    private static final Path SCRIPTS = Path.of("../server-config/wildfly");

    /**
     * Runs a script, and returns when it has ended.
     *
     * @param directory where the file with the parameters is put
     */
    public static CliRun of(String script, Map<String, String> parameters, Path directory)
            throws IOException, InterruptedException {
        String lines = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace(":", "\\:"))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(directory.resolve("data-source.properties"), lines);
        List<String> command = List.of(
                // Unpacked by Java, the script is not executable.
                "sh",
                System.getProperty("test.wildfly.home") + "/bin/jboss-cli.sh",
                "--connect",
                "--controller=127.0.0.1:" + System.getProperty("test.management.port"),
                "--resolve-parameter-values",
                "--properties=" + file,
                "--file=" + SCRIPTS.resolve(script));
        Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(cli.getInputStream().readAllBytes());
        return new CliRun(cli.waitFor(), output);
    }
}
