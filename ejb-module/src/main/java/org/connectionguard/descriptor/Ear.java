/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An EAR, as a class in it sees it: no class loader tells what modules lie in it, the folder does. Stateless. */
final class Ear {
    private static final String ENDING = ".ear/";
    private static final String LIBRARIES = "/lib/";

    /** Some servers make folders of them, whose names have no dot. */
    private static final String MODULE = ".*[._](jar|war)/?";

    private Ear() {}

    /** Where the modules are of the EAR that the class lies in, each with its last slash; none where it lies in none. */
    static Stream<URL> modules(Class<?> type) {
        return Archive.of(type).flatMap(Ear::root).stream()
                .flatMap(root -> children(root).stream())
                .filter(child -> child.getPath().matches(MODULE))
                .flatMap(child -> folder(child).stream());
    }

    private static Optional<URL> root(URL archive) {
        String place = archive.toString();
        int end = place.lastIndexOf(ENDING);
        if (end >= 0) {
            return within(archive, place.substring(0, end + ENDING.length()));
        }
        int libraries = place.lastIndexOf(LIBRARIES);
        return libraries < 0
                ? Optional.empty()
                : within(archive, place.substring(0, libraries + 1)).filter(Ear::isEar);
    }

    /** Unpacked, it may have another name. */
    private static boolean isEar(URL folder) {
        Optional<URL> descriptor = within(folder, "META-INF/application.xml");
        try {
            return descriptor.isPresent() && DescriptorFile.at(descriptor.get()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<URL> within(URL context, String place) {
        try {
            return Optional.of(new URL(context, place));
        } catch (MalformedURLException e) {
            return Optional.empty();
        }
    }

    private static List<URL> children(URL folder) {
        try {
            return switch (folder.getProtocol()) {
                case "file" -> files(new File(folder.toURI()));
                case "vfs" -> virtualFiles(folder);
                default -> List.of();
            };
        } catch (IOException | URISyntaxException | ReflectiveOperationException | RuntimeException e) {
            // It does not show what lies in it.
            return List.of();
        }
    }

    private static List<URL> files(File folder) throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (File child : Optional.ofNullable(folder.listFiles()).orElse(new File[0])) {
            places.add(child.toURI().toURL());
        }
        return places;
    }

    /** WildFly's: org.jboss.vfs.VirtualFile. */
    private static List<URL> virtualFiles(URL folder) throws IOException, ReflectiveOperationException {
        Object content = folder.openConnection().getContent();
        List<URL> places = new ArrayList<>();
        for (Object child :
                (Collection<?>) content.getClass().getMethod("getChildren").invoke(content)) {
            places.add((URL) child.getClass().getMethod("asDirectoryURL").invoke(child));
        }
        return places;
    }

    private static Optional<URL> folder(URL module) {
        return module.getPath().endsWith("/") ? Optional.of(module) : within(module, "jar:" + module + "!/");
    }
}
