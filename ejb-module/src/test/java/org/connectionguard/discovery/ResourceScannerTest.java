/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Remote;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
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
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.descriptor.UnitCatalog;
import org.connectionguard.testing.ClassesWithout;
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
                  <persistence-unit name="none"/>
                </persistence>
                """);
        try (URLClassLoader deployment =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
            units = UnitCatalog.of(deployment);
        }
    }

    /** Every class is a bean of its own type. */
    private static BeanManager manager() {
        return proxy(BeanManager.class, (name, arguments) -> switch (name) {
            case "isQualifier" -> false;
            case "areQualifiersEquivalent" -> true;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** Every class of this test is a session bean. */
    private static Beans everyClassIsABean() {
        Beans beans = new Beans();
        Stream.of(ResourceScannerTest.class.getDeclaredClasses())
                .filter(type -> !type.isInterface())
                .forEach(type -> beans.add(bean(type), Optional.empty(), Optional.of(type.getSimpleName())));
        return beans;
    }

    private static Bean<?> bean(Class<?> type) {
        return proxy(Bean.class, (name, none) -> switch (name) {
            case "getBeanClass" -> type;
            case "getTypes" -> Set.of(type);
            case "getQualifiers" -> Set.of(Default.Literal.INSTANCE, Any.Literal.INSTANCE);
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

    private ResourceScanner scanner() {
        return new ResourceScanner(
                new Collaborators(Optional.of(manager()), everyClassIsABean()),
                new EjbJars(),
                user -> units,
                Optional.empty());
    }

    private Stream<Source> sources(Class<?> type) {
        return scanner().scan(type).found().stream();
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
        Sources sources = new ResourceScanner(
                        new Collaborators(Optional.empty(), new Beans()),
                        new EjbJars(),
                        user -> units,
                        Optional.empty())
                .scan(Repository.class);
        assertThat(sources.names()).containsExactly("java:/A", "java:/B");
    }

    @Test
    void collaboratorsAreFollowedThreeStepsDeep() {
        assertThat(scan(Timer.class)).containsExactly("java:/A");
        assertThat(scan(Producer.class)).containsExactly("java:/A", "java:/B");
    }

    interface Step {}

    static class FirstStep implements Step {
        @PersistenceContext(unitName = "a")
        EntityManager entityManager;
    }

    static class Steps<S extends Step> {
        @Inject
        Instance<S> steps;

        @EJB
        S first;
    }

    static class KnownSteps extends Steps<FirstStep> {}

    static class AnySteps extends Steps<Step> {
        @PersistenceContext(unitName = "b")
        EntityManager entityManager;
    }

    @Test
    void aTypeVariableIsWhatTheConcreteClassMakesOfIt() {
        assertThat(scan(KnownSteps.class)).containsExactly("java:/A");
        assertThat(new ResourceScanner(
                                new Collaborators(Optional.empty(), new Beans()),
                                new EjbJars(),
                                user -> units,
                                Optional.empty())
                        .scan(KnownSteps.class)
                        .names())
                .containsExactly("java:/A");
        assertThat(scanner().scan(AnySteps.class))
                .isEqualTo(new Sources(sources(AnySteps.class).toList(), List.of()));
    }

    interface Unknown {}

    @Remote
    interface Elsewhere {}

    static class Caller {
        @EJB
        Unknown unknown;

        @EJB
        Elsewhere elsewhere;

        @EJB(lookup = "java:global/other/beans/Bean!Unknown")
        Unknown ofAnother;

        @EJB
        FirstStep known;
    }

    @Test
    void aBeanThatIsNotKnownIsAGapUnlessItIsAnotherApplications() {
        Sources sources = scanner().scan(Caller.class);
        assertThat(sources.names()).containsExactly("java:/A");
        assertThat(sources.gaps())
                .singleElement()
                .asString()
                .startsWith("CG0123 what " + Caller.class.getName() + " calls by @EJB " + Unknown.class.getName());
    }

    @EJB(name = "ejb/step", beanInterface = FirstStep.class)
    static class ByName {}

    @Test
    void whatAClassDeclaresToLookUpIsFollowed() {
        assertThat(scan(ByName.class)).containsExactly("java:/A");
    }

    static class Everybody<T> {
        @Inject
        Instance<T> all;
    }

    @Test
    void whatMayBeAnyBeanOfAllLeadsToNone() {
        assertThat(scanner().scan(Everybody.class)).isEqualTo(Sources.of());
    }

    static class Gone {}

    static class Incomplete {
        @Resource(lookup = "java:/Looked")
        DataSource dataSource;

        @Resource(type = Gone.class)
        Object gone;

        void run(Gone argument) {}
    }

    @Test
    void aClassThatRefersToWhatIsNotThereKeepsWhatCanBeRead() throws Exception {
        Sources sources =
                scanner().scan(new ClassesWithout(Gone.class, getClass()).loadClass(Incomplete.class.getName()));
        assertThat(sources.names()).containsExactly("java:/Looked");
        assertThat(sources.gaps())
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap)
                        .startsWith("CG0115 what " + Incomplete.class.getName())
                        .contains("name its data sources"));
    }

    static class TwoUnits {
        @PersistenceContext(unitName = "a")
        EntityManager known;

        @PersistenceContext(unitName = "nowhere")
        EntityManager unknown;
    }

    @Test
    void oneUnitThatIsUnknownDoesNotCostTheOther() {
        Sources sources = scanner().scan(TwoUnits.class);
        assertThat(sources.names()).containsExactly("java:/A");
        assertThat(sources.gaps())
                .singleElement()
                .asString()
                .startsWith("CG0006 There is no persistence unit 'nowhere'");
    }

    @Test
    void aBeanThatCannotBeReadIsAGap() {
        Beans refusing = new Beans();
        refusing.add(
                proxy(Bean.class, (name, none) -> {
                    throw new IllegalArgumentException("WELD-001601: Cannot extract rawType from T");
                }),
                Optional.empty(),
                Optional.empty());
        Sources sources = new ResourceScanner(
                        new Collaborators(Optional.of(manager()), refusing),
                        new EjbJars(),
                        user -> units,
                        Optional.empty())
                .scan(Timer.class);
        assertThat(sources.gaps())
                .singleElement()
                .asString()
                .contains(Timer.class.getName() + ".service", "WELD-001601");
    }

    @Test
    void unitsThatCannotBeReadAreAGapOfWhoUsesThem() {
        Function<Class<?>, UnitCatalog> unreadable = user -> {
            throw new GuardDefinitionException("CG0007 persistence.xml cannot be read");
        };
        assertThat(new ResourceScanner(
                                new Collaborators(Optional.empty(), new Beans()),
                                new EjbJars(),
                                unreadable,
                                Optional.empty())
                        .scan(Everything.class))
                .satisfies(sources -> assertThat(sources.names()).contains("java:/Looked"))
                .satisfies(
                        sources -> assertThat(sources.gaps()).containsExactly("CG0007 persistence.xml cannot be read"));
    }

    static class Unnamed {
        @PersistenceContext(unitName = "none")
        EntityManager entityManager;

        @Resource(lookup = "java:/Looked")
        DataSource dataSource;
    }

    @Test
    void aUnitWithoutDataSourceHasTheConfiguredDefaultElseThePlatforms() {
        assertThat(scan(Unnamed.class)).containsExactlyInAnyOrder("java:comp/DefaultDataSource", "java:/Looked");
        assertThat(new ResourceScanner(
                                new Collaborators(Optional.empty(), new Beans()),
                                new EjbJars(),
                                user -> units,
                                Optional.of("java:/Configured"))
                        .scan(Unnamed.class)
                        .names())
                .containsExactlyInAnyOrder("java:/Configured", "java:/Looked");
    }

    static class Mapped {
        @Resource(mappedName = "java:/Mapped")
        DataSource mapped;

        @Resource(lookup = "java:/Looked", mappedName = "java:/Mapped")
        DataSource lookup;

        @Resource
        DataSource plain;
    }

    @Test
    void aResourceIsWhatLookupElseMappedNameSaysElseThePlatformsDefault() {
        String name = "java:comp/env/" + Mapped.class.getName();
        assertThat(sources(Mapped.class).map(Source::names))
                .containsExactlyInAnyOrder(
                        List.of("java:/Mapped", name + "/mapped"),
                        List.of("java:/Looked"),
                        List.of(name + "/plain", "java:comp/DefaultDataSource"));
    }
}
