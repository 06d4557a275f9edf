/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.message.Messages;

/** An archive's beans.xml, as far as it says which classes CDI is to look at. Stateless. */
public final class BeansXml {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private BeansXml() {}

    /**
     * The files by which a web application, or modules of an EAR, keep CDI from their classes.
     *
     * @param part a class that lies in the application, for instance in a jar of its WEB-INF/lib, or of the EAR's lib
     */
    public static List<URL> hidingClasses(Class<?> part) {
        Optional<URL> archive = Archive.of(part);
        Optional<URL> webInf = Archive.webInf(part).flatMap(place -> url(archive.get(), place));
        // CDI 4.0, 15.6: a web application has the one or the other.
        return webInf.isPresent()
                ? hiding(webInf.get(), "beans.xml", "classes/META-INF/beans.xml")
                        .toList()
                : Ear.modules(part)
                        .flatMap(module -> hiding(
                                module,
                                "META-INF/beans.xml",
                                "WEB-INF/beans.xml",
                                "WEB-INF/classes/META-INF/beans.xml"))
                        .toList();
    }

    /**
     * The archive of the library, where it lies in a web application of which CDI knows no bean beside the library's own: for
     * want of a beans.xml, on a server that takes nothing else for a bean archive.
     *
     * @param part a class of the library
     */
    public static Optional<URL> withoutBeans(Class<?> part, Stream<Class<?>> beans) {
        boolean others = Archive.webInf(part).isEmpty()
                || beans.filter(bean -> bean.getClassLoader() == part.getClassLoader())
                        .anyMatch(bean -> !Archive.of(bean).equals(Archive.of(part)));
        return others ? Optional.empty() : Archive.of(part);
    }

    private static Stream<URL> hiding(URL archive, String... places) {
        return Stream.of(places)
                .flatMap(place -> url(archive, place).stream())
                .filter(BeansXml::saysNone)
                .limit(1);
    }

    private static Optional<URL> url(URL context, String place) {
        try {
            return Optional.of(new URL(context, place));
        } catch (MalformedURLException e) {
            return Optional.empty();
        }
    }

    private static boolean saysNone(URL place) {
        try {
            Optional<DescriptorFile> file = DescriptorFile.at(place).filter(each -> !each.isEmpty());
            return file.isPresent()
                    && file.get().root().getAttribute("bean-discovery-mode").equals("none");
        } catch (IOException e) {
            LOG.log(Level.WARNING, Messages.beansPassedOver(place.toString(), e));
            return false;
        }
    }
}
