/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Where classes come from. Stateless. */
final class Archive {
    private static final String WEB_INF = "/WEB-INF/";

    private Archive() {}

    /** The archive, or the folder of classes, that the class was loaded from. */
    static Optional<URL> of(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation);
    }

    /** Where the WEB-INF is that the class lies in, its last slash included; empty where it lies in none. */
    static Optional<String> webInf(Class<?> type) {
        return of(type).map(URL::toString)
                .filter(place -> place.contains(WEB_INF))
                .map(place -> place.substring(0, place.indexOf(WEB_INF)) + WEB_INF);
    }

    /**
     * Where the descriptors of this name may be of all modules of an application.
     *
     * @param part a class that lies in it, for instance in a jar of a WEB-INF/lib, or of the EAR's lib
     */
    static Stream<URL> descriptors(Class<?> part, String file) {
        Optional<URL> archive = of(part);
        Optional<String> webInf = webInf(part);
        return webInf.isPresent()
                ? url(archive.get(), webInf.get() + file)
                : Ear.modules(part)
                        .flatMap(module ->
                                Stream.of("META-INF/", "WEB-INF/").flatMap(folder -> url(module, folder + file)));
    }

    private static Stream<URL> url(URL context, String place) {
        try {
            return Stream.of(new URL(context, place));
        } catch (MalformedURLException e) {
            return Stream.empty();
        }
    }

    /** Where a descriptor of the class's archive is, if it has one. */
    static Optional<URL> descriptor(Class<?> type, String file) {
        return of(type).map(URL::toString).flatMap(archive -> {
            // Of a web application only that in WEB-INF counts, also for the jars of its WEB-INF/lib.
            Optional<String> webInf = webInf(type);
            String separator = archive.endsWith("/") ? "" : archive.startsWith("vfs:") ? "/" : "!/";
            String place = webInf.isPresent()
                    ? webInf.get() + file
                    : (separator.equals("!/") ? "jar:" : "") + archive + separator + "META-INF/" + file;
            try {
                return Optional.of(new URL(place));
            } catch (MalformedURLException e) {
                return Optional.empty();
            }
        });
    }
}
