/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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

    /**
     * Unpacks a server's distribution.
     *
     * @param directory gets one directory, the server's home
     * @return that
     * @throws StartException when there is no such zip, or no room
     */
    public static Path unpack(Path distribution, Path directory) {
        try (ZipFile zip = new ZipFile(distribution.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException(entry.getName() + " leads out of the zip");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file);
                }
            }
            try (Stream<Path> homes = Files.list(directory)) {
                return homes.findFirst().orElseThrow().toAbsolutePath();
            }
        } catch (IOException e) {
            throw new StartException("The server cannot be unpacked from " + distribution + ": " + e, e);
        }
    }
}
