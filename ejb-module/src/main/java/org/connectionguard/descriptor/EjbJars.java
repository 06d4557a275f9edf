/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.GuardDefinitionException;

/** The ejb-jar.xml files of one deployment, each read once, so that what is wrong with one is said once. For any thread. */
public final class EjbJars {
    private final Map<String, EjbJar> read = new ConcurrentHashMap<>();

    /** None read. */
    public EjbJars() {}

    /**
     * That of a class's archive.
     *
     * @throws GuardDefinitionException when it cannot be read, and something in it is meant for this library
     */
    public EjbJar of(Class<?> type) {
        return at(EjbJar.locate(type));
    }

    /**
     * Those of all modules of an application that have one, by their places.
     *
     * @param part a class that lies in it
     * @throws GuardDefinitionException when one cannot be read, and something in it is meant for this library
     */
    public Map<String, EjbJar> ofApplication(Class<?> part) {
        Map<String, EjbJar> found = new LinkedHashMap<>();
        Archive.descriptors(part, EjbJar.FILE).forEach(place -> found.put(place.toString(), at(Optional.of(place))));
        found.values().removeIf(EjbJar::isNone);
        return found;
    }

    private EjbJar at(Optional<URL> place) {
        return place.isPresent()
                ? read.computeIfAbsent(place.get().toString(), key -> EjbJar.read(place.get()))
                : EjbJar.NONE;
    }
}
