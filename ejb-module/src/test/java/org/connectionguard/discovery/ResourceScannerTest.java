/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.descriptor.UnitCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceScannerTest {
    @TempDir
    private Path archive;

    private UnitCatalog units;

    @BeforeEach
    void units() throws IOException {
        Path file = archive.resolve("META-INF/persistence.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                  <persistence-unit name="a"><jta-data-source>java:/A</jta-data-source></persistence-unit>
                  <persistence-unit name="b"><jta-data-source>java:/B</jta-data-source></persistence-unit>
                </persistence>
                """);
        try (URLClassLoader deployment =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
            units = UnitCatalog.of(deployment);
        }
    }

    /** Every class is a bean of its own type. */
    private static BeanManager everyClassIsABean() {
        return proxy(BeanManager.class, (name, arguments) -> switch (name) {
            case "getBeans" ->
                arguments[0] instanceof Class<?> type && !type.isInterface()
                        ? Set.of(proxy(Bean.class, (method, none) -> type))
                        : Set.of();
            case "isQualifier" -> false;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> answer.to(method.getName(), arguments);
                }));
    }

    private Stream<Source> sources(Class<?> type) {
        return new ResourceScanner(Optional.of(everyClassIsABean()), units).scan(type).stream();
    }

    private List<String> scan(Class<?> type) {
        return sources(type).map(Source::name).toList();
    }

    static class Super {
        @PersistenceContext(unitName = "a")
        EntityManager inherited;
    }

    @Resource(name = "jdbc/type", type = DataSource.class)
    static class Everything extends Super {
        @Resource(lookup = "java:/Looked")
        DataSource lookedUp;

        @Resource
        DataSource byItsName;

        @Resource
        String noDataSource;

        @PersistenceUnit(unitName = "b")
        void setFactory(EntityManagerFactory factory) {}

        @Resource(name = "jdbc/setter")
        void setDataSource(DataSource dataSource) {}
    }

    @Test
    void fieldsSettersTypeAndSuperclassesAreRead() {
        assertThat(scan(Everything.class))
                .containsExactlyInAnyOrder(
                        "java:/A",
                        "java:/B",
                        "java:/Looked",
                        "java:comp/env/jdbc/type",
                        "java:comp/env/jdbc/setter",
                        "java:comp/env/" + Everything.class.getName() + "/byItsName");
    }

    static class Timer {
        @Inject
        Service service;
    }

    static class Service {
        private final Instance<Repository> repository;

        @Inject
        Service(Instance<Repository> repository) {
            this.repository = repository;
        }

        Type use() {
            return repository.getClass();
        }
    }

    static class Repository {
        @EJB
        Producer producer;
    }

    static class Producer {
        @PersistenceContext(unitName = "a")
        EntityManager entityManager;

        @Inject
        TooFar tooFar;
    }

    static class TooFar {
        @PersistenceContext(unitName = "b")
        EntityManager entityManager;

        @Inject
        Timer circle;
    }

    @Test
    void itIsSaidHowEachWasFound() {
        assertThat(sources(Timer.class).map(Source::found)).containsExactly("@PersistenceContext of Producer");
    }

    @Test
    void withoutCdiAnInjectedClassStandsForItself() {
        List<Source> found = new ResourceScanner(Optional.empty(), units).scan(Repository.class);
        assertThat(found.stream().map(Source::name)).containsExactly("java:/A", "java:/B");
    }

    @Test
    void collaboratorsAreFollowedThreeStepsDeep() {
        assertThat(scan(Timer.class)).containsExactly("java:/A");
        assertThat(scan(Producer.class)).containsExactly("java:/A", "java:/B");
    }
}
