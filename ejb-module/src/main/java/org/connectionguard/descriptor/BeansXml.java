/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.message.Messages;

/** A web application's beans.xml, as far as it says which classes CDI is to look at. Stateless. */
public final class BeansXml {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private BeansXml() {}

    /**
     * The file by which a web application keeps CDI from its classes, if it does.
     *
     * @param part a class that lies in the application, for instance in a jar of its WEB-INF/lib
     */
    public static Optional<URL> hidingClasses(Class<?> part) {
        return Archive.webInf(part).stream()
                // CDI 4.0, 15.6: the one or the other.
                .flatMap(webInf -> Stream.of(webInf + "beans.xml", webInf + "classes/META-INF/beans.xml"))
                .flatMap(BeansXml::url)
                .filter(BeansXml::saysNone)
                .findFirst();
    }

    private static Stream<URL> url(String place) {
        try {
            return Stream.of(new URL(place));
        } catch (MalformedURLException e) {
            return Stream.empty();
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
