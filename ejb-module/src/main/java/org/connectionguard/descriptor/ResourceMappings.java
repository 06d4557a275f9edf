/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.message.Messages;
import org.w3c.dom.Element;

/**
 * What the names of a component's data sources lead to, as the descriptors of its archive say: other components of an EJB jar
 * do not see them. Stateless.
 */
public final class ResourceMappings {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** The server's own comes first. */
    private static final List<String> READ = List.of("jboss-ejb3.xml", "jboss-web.xml", "ejb-jar.xml", "web.xml");

    /** Those of other servers, which may say something else. */
    private static final List<String> UNREAD = List.of(
            "META-INF/glassfish-ejb-jar.xml",
            "META-INF/sun-ejb-jar.xml",
            "META-INF/ibm-ejb-jar-bnd.xml",
            "META-INF/openejb-jar.xml");

    /** What maps a name, each below a {@code resource-ref}. */
    private static final List<String> TARGETS = List.of("jndi-name", "lookup-name", "mapped-name");

    private static final String ENVIRONMENT = "java:comp/env/";

    private ResourceMappings() {}

    /**
     * What a name leads to.
     *
     * @param component a class whose annotation declares it
     * @param name as in java:comp/env/{@code res-ref-name}
     * @param otherwise what it leads to if no descriptor says something else
     * @return empty where nobody here can tell: beans give it different meanings, or there is a descriptor of another kind
     */
    public static Optional<String> target(Class<?> component, String name, String otherwise) {
        String reference = name.replaceFirst("^" + ENVIRONMENT, "");
        for (String file : READ) {
            List<String> targets = references(component, file)
                    .filter(each -> isFor(each, reference))
                    .flatMap(ResourceMappings::targets)
                    .distinct()
                    .toList();
            if (!targets.isEmpty()) {
                return targets.size() == 1 ? Optional.of(Expressions.replaced(targets.get(0))) : Optional.empty();
            }
        }
        boolean another = Optional.ofNullable(component.getClassLoader()).stream()
                .anyMatch(loader -> UNREAD.stream().anyMatch(file -> loader.getResource(file) != null));
        return another ? Optional.empty() : Optional.of(otherwise);
    }

    private static Stream<Element> references(Class<?> component, String file) {
        return Archive.descriptor(component, file).stream().flatMap(place -> {
            try {
                Optional<DescriptorFile> found = DescriptorFile.at(place);
                return found.isPresent() ? Xml.elements(found.get().root(), "resource-ref") : Stream.empty();
            } catch (IOException e) {
                LOG.log(Level.WARNING, Messages.descriptorPassedOver(place.toString(), e));
                return Stream.empty();
            }
        });
    }

    private static boolean isFor(Element reference, String name) {
        return Xml.text(reference, "res-ref-name").filter(name::equals).isPresent();
    }

    private static Stream<String> targets(Element reference) {
        return TARGETS.stream()
                .flatMap(element -> Xml.text(reference, element).stream())
                .limit(1);
    }
}
