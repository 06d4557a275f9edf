/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process has open, where the operating system tells (Linux). Elsewhere nothing is; but on Windows an open file
 * cannot be deleted, so that the end of a temporary folder fails its test. Stateless.
 */
public final class OpenFiles {
    private static final Path TOLD = Path.of("/proc/self/fd");

    private OpenFiles() {}

    /** The open files of a folder. */
    public static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(TOLD)) {
            return List.of();
        }
        try (Stream<Path> descriptors = Files.list(TOLD)) {
            return descriptors
                    .flatMap(OpenFiles::target)
                    .filter(target -> target.startsWith(folder))
                    .toList();
        }
    }

    private static Stream<Path> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor));
        } catch (IOException e) {
            // Closed meanwhile.
            return Stream.empty();
        }
    }
}
