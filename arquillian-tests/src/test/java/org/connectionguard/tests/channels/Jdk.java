/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tools of the JDK that the tests run on. Stateless. */
final class Jdk {
    private Jdk() {}

    /** Runs one of them to its end: what it printed. */
    static String run(String tool, String... arguments) throws IOException, InterruptedException {
        Path path = Path.of(System.getProperty("java.home"), "bin", tool);
        List<String> command =
                Stream.concat(Stream.of(path.toString()), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
