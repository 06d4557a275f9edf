/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Stream;
import org.connectionguard.descriptor.BeansXml;
import org.connectionguard.message.Messages;

/**
 * Says it where CDI does not show the classes of an application that has the library in it. That they were guarded would take a
 * bean archive: an interceptor is bound to an EJB only where CDI knows the EJB, and a class of which an extension tells CDI
 * becomes a bean beside the EJB, with observers and producers that nobody asked for. Stateless.
 */
public final class HiddenClasses {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private HiddenClasses() {}

    /** @param library a class of the library, as the application has it */
    public static void tell(Class<?> library) {
        BeansXml.hidingClasses(library)
                .forEach(place -> LOG.log(Level.WARNING, Messages.classesHidden(place.toString())));
    }

    /**
     * Of an application of which CDI knows no bean at all: that an application's extension is one to it counts for nothing.
     *
     * @param library a class of the library, as the application has it
     */
    public static void tellIfThereAreNoBeans(Class<?> library, Stream<Class<?>> beans) {
        if (BeansXml.hidingClasses(library).isEmpty()) {
            BeansXml.withoutBeans(library, beans.filter(bean -> !Extension.class.isAssignableFrom(bean)))
                    .ifPresent(archive -> LOG.log(Level.WARNING, Messages.noBeans(archive.toString())));
        }
    }
}
