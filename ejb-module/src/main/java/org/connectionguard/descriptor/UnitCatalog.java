/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.message.Messages;
import org.w3c.dom.Element;

/** The persistence units that a deployment can see, read from its persistence.xml files. Immutable. */
public final class UnitCatalog {
    /**
     * A unit.
     *
     * @param file the persistence.xml that it is in
     * @param dataSource JNDI name of its JTA data source, else of its non-JTA one
     */
    private record Unit(String name, String file, Optional<String> dataSource) {}

    private static final Logger LOG = System.getLogger("org.connectionguard");

    private static final String FILE = "META-INF/persistence.xml";

    private final List<Unit> units;

    private UnitCatalog(List<Unit> units) {
        this.units = units;
    }

    /** The units that the class loader sees. A file that cannot be read counts as none, which is said. */
    public static UnitCatalog of(ClassLoader deployment) {
        List<Unit> units = new ArrayList<>();
        for (URL file : files(deployment)) {
            try {
                units.addAll(read(file));
            } catch (IOException e) {
                LOG.log(Level.WARNING, Messages.unitsPassedOver(file.toString(), e));
            }
        }
        return new UnitCatalog(units);
    }

    private static List<URL> files(ClassLoader deployment) {
        try {
            return Collections.list(deployment.getResources(FILE));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.WARNING, Messages.unitsPassedOver(FILE, e));
            return List.of();
        }
    }

    /**
     * The data source of the unit that a bean names.
     *
     * @param name as in unitName; empty for the only one
     * @param user the bean: where there are several, the unit of its own archive is meant
     * @return empty where the unit names none: then it has the container's default (Jakarta Persistence, 8.2.1.5)
     * @throws GuardDefinitionException when there is no such unit
     */
    public Optional<String> dataSource(String name, Class<?> user) {
        // JPA 8.2.1: archive.jar#unit names a unit of another archive of the application.
        String simple = name.substring(name.indexOf('#') + 1);
        List<Unit> found = units.stream()
                .filter(unit -> simple.isEmpty() || unit.name().equals(simple))
                .toList();
        if (found.size() > 1) {
            String archive = archive(user);
            List<Unit> own =
                    found.stream().filter(unit -> unit.file().contains(archive)).toList();
            found = own.size() == 1 ? own : found;
        }
        if (found.isEmpty() || simple.isEmpty() && found.size() > 1) {
            throw new GuardDefinitionException(Messages.unknownUnit(
                    name, user.getName(), units.stream().map(Unit::name).toList()));
        }
        return found.get(0).dataSource();
    }

    private static String archive(Class<?> type) {
        return Archive.of(type).map(URL::getPath).orElse(FILE);
    }

    private static List<Unit> read(URL url) throws IOException {
        return Xml.elements(DescriptorFile.knownAt(url).root(), "persistence-unit")
                .map(unit -> new Unit(unit.getAttribute("name"), url.toString(), dataSource(unit)))
                .toList();
    }

    private static Optional<String> dataSource(Element unit) {
        return Stream.of(
                        Xml.elements(unit, "jta-data-source").map(Element::getTextContent),
                        properties(unit, "jakarta.persistence.jtaDataSource"),
                        Xml.elements(unit, "non-jta-data-source").map(Element::getTextContent),
                        properties(unit, "jakarta.persistence.nonJtaDataSource"))
                .flatMap(names -> names)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Expressions::replaced)
                .findFirst();
    }

    private static Stream<String> properties(Element unit, String name) {
        return Xml.elements(unit, "property")
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"));
    }
}
