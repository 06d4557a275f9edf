/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Working directories. Stateless. */
public final class Directories {
    private Directories() {}

    /** Makes the directory, and leaves it empty. */
    public static void empty(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (!file.equals(directory)) {
                        // A server that is just ending removes files of its own.
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new StartException(directory + " cannot be emptied: " + e, e);
        }
    }
}
