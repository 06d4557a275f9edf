/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.message.Expiration;
import org.connectionguard.message.Messages;
import org.w3c.dom.Element;

/** An archive's ejb-jar.xml, as far as it speaks of timers, their transactions and interceptors. Immutable. */
public final class EjbJar {
    /** Says nothing of any bean. */
    public static final EjbJar NONE = new EjbJar(Optional.empty());

    private static final Logger LOG = System.getLogger("org.connectionguard");

    static final String FILE = "ejb-jar.xml";

    private final Optional<Element> root;

    private EjbJar(Optional<Element> root) {
        this.root = root;
    }

    /** Where the descriptor of the class's archive is, if it has one. */
    public static Optional<URL> locate(Class<?> type) {
        return Archive.descriptor(type, FILE);
    }

    /**
     * Reads the descriptor. There may be none at that place; one that cannot be read counts as none, which is said.
     *
     * @throws GuardDefinitionException when it cannot be read, and something in it is meant for this library
     */
    public static EjbJar read(URL place) {
        try {
            Optional<DescriptorFile> file = DescriptorFile.at(place);
            return file.isPresent() ? read(file.get()) : NONE;
        } catch (IOException e) {
            LOG.log(Level.WARNING, Messages.descriptorPassedOver(place.toString(), e));
            return NONE;
        }
    }

    private static EjbJar read(DescriptorFile file) throws IOException {
        try {
            return new EjbJar(Optional.of(file.root()));
        } catch (IOException e) {
            if (file.namesUs()) {
                throw new GuardDefinitionException(
                        Messages.unreadableDescriptor(file.place().toString(), e));
            }
            throw e;
        }
    }

    /** Whether it says nothing of any bean. */
    boolean isNone() {
        return root.isEmpty();
    }

    /**
     * The beans that it declares with timers, by the names of their classes; not those that have a class by an annotation only.
     *
     * @param interceptors not those to which it binds these
     */
    public Map<String, String> beansWithTimers(Set<String> interceptors) {
        Map<String, String> found = new TreeMap<>();
        elements("session").forEach(session -> {
            Optional<String> type = Xml.text(session, "ejb-class");
            String name = Xml.text(session, "ejb-name").orElse("");
            Set<String> methods = names(session, "timeout-method", "method-name");
            if (type.isPresent() && methods.stream().anyMatch(method -> !binds(interceptors, name, method))) {
                found.put(type.get(), name);
            }
        });
        return found;
    }

    /** The names below java:comp/env of the data sources that it says a bean uses. */
    public Set<String> dataSourcesOf(String bean, Class<?> type) {
        return session(bean, type)
                .flatMap(session -> Xml.elements(session, "resource-ref"))
                .filter(reference -> Xml.text(reference, "res-type")
                        .map(DataSource.class.getName()::equals)
                        .orElseGet(() -> injectsDataSource(reference, type)))
                .flatMap(reference -> Xml.text(reference, "res-ref-name").stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Without a type it is that of what it is injected into. */
    private static boolean injectsDataSource(Element reference, Class<?> type) {
        Set<String> targets = names(reference, "injection-target", "injection-target-name");
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredFields()))
                .anyMatch(field -> field.getType() == DataSource.class && targets.contains(field.getName()));
    }

    /** The persistence units that it says a bean uses; empty: the only one. */
    public Set<String> unitsOf(String bean, Class<?> type) {
        return session(bean, type)
                .flatMap(session -> Stream.of("persistence-context-ref", "persistence-unit-ref")
                        .flatMap(reference -> Xml.elements(session, reference)))
                .map(reference -> Xml.text(reference, "persistence-unit-name").orElse(""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The descriptor's own timers of a method, as text; empty where it declares none. */
    public List<String> schedules(String bean, Class<?> type, String method) {
        return session(bean, type)
                .flatMap(session -> Xml.elements(session, "timer"))
                .filter(timer -> names(timer, "timeout-method", "method-name").contains(method))
                .map(EjbJar::schedule)
                .toList();
    }

    /** Names of the methods that the descriptor makes timeout methods of a bean. */
    public Set<String> timeoutMethods(String bean, Class<?> type) {
        return session(bean, type)
                .flatMap(session -> names(session, "timeout-method", "method-name").stream())
                .collect(Collectors.toSet());
    }

    /** Whether the descriptor says that the bean manages its transactions itself. */
    public boolean isBeanManaged(String bean, Class<?> type) {
        return session(bean, type)
                .anyMatch(session -> Xml.text(session, "transaction-type")
                        .filter("Bean"::equals)
                        .isPresent());
    }

    /** The transaction attribute that the descriptor gives a method. */
    public Optional<String> transactionAttribute(String bean, String method) {
        List<Element> all = elements("container-transaction")
                .filter(element -> names(element, "method", "ejb-name").contains(bean))
                .toList();
        return Stream.of(method, "*")
                .flatMap(name -> all.stream()
                        .filter(element ->
                                names(element, "method", "method-name").contains(name)))
                .flatMap(element -> Xml.text(element, "trans-attribute").stream())
                .map(attribute ->
                        attribute.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT))
                .findFirst();
    }

    /** Whether the descriptor binds the interceptor to the bean: to all of its methods, or to this one. */
    public boolean binds(Set<String> interceptors, String bean, String method) {
        return elements("interceptor-binding")
                .filter(binding -> Xml.text(binding, "ejb-name")
                        .filter(name -> name.equals("*") || name.equals(bean))
                        .isPresent())
                .filter(binding -> {
                    Set<String> methods = names(binding, "method", "method-name");
                    return methods.isEmpty() || methods.contains(method);
                })
                .anyMatch(binding -> Xml.elements(binding, "interceptor-class")
                        .anyMatch(name ->
                                interceptors.contains(name.getTextContent().strip())));
    }

    private Stream<Element> session(String bean, Class<?> type) {
        return elements("session")
                .filter(session -> Xml.text(session, "ejb-class")
                        .map(type.getName()::equals)
                        .orElseGet(() -> Xml.text(session, "ejb-name")
                                .filter(bean::equals)
                                .isPresent()));
    }

    private Stream<Element> elements(String name) {
        return root.stream().flatMap(element -> Xml.elements(element, name));
    }

    private static Set<String> names(Element parent, String container, String name) {
        return Xml.elements(parent, container)
                .flatMap(element -> Xml.text(element, name).stream())
                .collect(Collectors.toSet());
    }

    private static String schedule(Element timer) {
        Map<String, String> parts = new HashMap<>();
        for (String part : Expiration.PARTS) {
            String element = part.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Xml.elements(timer, element)
                    .findFirst()
                    .ifPresent(value -> parts.put(part, value.getTextContent().strip()));
        }
        return Expiration.of(
                parts, Xml.text(timer, "persistent").filter("false"::equals).isEmpty());
    }
}
