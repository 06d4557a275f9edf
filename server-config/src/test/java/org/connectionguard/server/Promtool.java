/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus' own tool, that of the PATH, or else one from Debian's packages. Immutable. */
record Promtool(Path executable) {
    private static final int NOT_TO_BE_HAD = 77;

    /** How it ended, and all that it printed. */
    record Answer(int code, String output) {}

    /**
     * @param script install-promtool.sh
     * @param directory where it may unpack one, which is found there the next time
     * @return empty where there is none; a line that begins with SKIP has said so
     */
    static Optional<Promtool> find(Path script, Path directory) throws IOException {
        Optional<Path> installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isPresent()) {
            return installed.map(Promtool::new);
        }
        if (!Files.isExecutable(Path.of("/bin/bash"))) {
            System.out.println("SKIP alert rules: promtool is not on the PATH, and this is not a Debian");
            return Optional.empty();
        }
        Answer unpacked =
                run("bash", script.toString(), directory.toAbsolutePath().toString());
        System.out.print(unpacked.output());
        if (unpacked.code() != 0 && unpacked.code() != NOT_TO_BE_HAD) {
            throw new IOException(script + " ended with code " + unpacked.code());
        }
        return Optional.of(directory.resolve("promtool"))
                .filter(Files::isExecutable)
                .map(Promtool::new);
    }

    Answer ask(String... arguments) throws IOException {
        return run(Stream.concat(Stream.of(executable.toString()), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private static Answer run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Answer(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
