/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A file of an archive, read to its end: nothing of the archive is open any more. Immutable.
 *
 * @param content not to be changed
 */
record DescriptorFile(URL place, byte[] content) {
    /** Above this it is none that anybody has written: it is not taken into memory. */
    static final int LARGEST = 4 << 20;

    /** What the names of all our classes begin with. */
    private static final String OURS = "org.connectionguard";

    /**
     * The file at a place, if there is one.
     *
     * @throws IOException when there is one, and it cannot be read
     */
    static Optional<DescriptorFile> at(URL place) throws IOException {
        InputStream opened;
        try {
            opened = open(place);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(read(place, opened));
    }

    /**
     * The file that is known to be at a place.
     *
     * @throws IOException when it cannot be read
     */
    static DescriptorFile knownAt(URL place) throws IOException {
        return read(place, open(place));
    }

    private static InputStream open(URL place) throws IOException {
        try {
            URLConnection connection = place.openConnection();
            // A cached JarFile would keep the archive open after undeployment.
            connection.setUseCaches(false);
            return connection.getInputStream();
        } catch (RuntimeException e) {
            // Each server has URLs of its own, and they complain as they like.
            throw new IOException(e.getMessage(), e);
        }
    }

    private static DescriptorFile read(URL place, InputStream opened) throws IOException {
        try (InputStream in = opened) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("it is larger than " + LARGEST + " bytes");
            }
            return new DescriptorFile(place, content);
        }
    }

    /** Whether there is nothing in it, which is allowed of a beans.xml. */
    boolean isEmpty() {
        return new String(content, StandardCharsets.ISO_8859_1).isBlank();
    }

    /**
     * Its root element.
     *
     * @throws IOException when it is no XML
     */
    Element root() throws IOException {
        return Xml.read(new ByteArrayInputStream(content));
    }

    /** Whether something in it is meant for this library, also where it is no XML. */
    boolean namesUs() {
        // In UTF-16 there is a NUL beside each of these letters.
        return new String(content, StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .contains(OURS);
    }
}
