/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.util.List;
import java.util.Optional;

/** Whether the resources of a class mean what its annotations say. Stateless. */
public final class ResourceMappings {
    /** Those of EJB jars: in a web application every class sees the names of every other. */
    private static final List<String> FILES = List.of(
            "META-INF/ejb-jar.xml",
            "META-INF/jboss-ejb3.xml",
            "META-INF/glassfish-ejb-jar.xml",
            "META-INF/sun-ejb-jar.xml",
            "META-INF/ibm-ejb-jar-bnd.xml",
            "META-INF/openejb-jar.xml");

    private ResourceMappings() {}

    /** Whether there is a descriptor that may map them to something else. */
    public static boolean mayChange(Class<?> type) {
        return Optional.ofNullable(type.getClassLoader()).stream()
                .anyMatch(loader -> FILES.stream().anyMatch(file -> loader.getResource(file) != null));
    }
}
