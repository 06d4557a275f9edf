/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.TimerReport;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications that know nothing of the guard are deployed as they were without it, and are guarded for what they use. */
class ApplicationShapesTest {
    private static final String AUTO = "connection-guard.auto";
    private static final String DOCTOR = "connection-guard.doctor";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind("java:/A", new SmallDatabase().dataSource());
        jndi.bind("java:/B", new SmallDatabase().dataSource());
        System.setProperty(AUTO, "timers");
        System.setProperty(DOCTOR, "false");
    }

    @AfterEach
    void unset() {
        System.clearProperty(AUTO);
        System.clearProperty(DOCTOR);
    }

    private static TimerReport onlyTimer(Class<?>... beans) {
        try (WeldContainer container = Deployment.of(beans)) {
            return container.select(ConnectionGuard.class).get().timers().get(0);
        }
    }

    static class Step {}

    static class Import extends Step {
        @Resource(lookup = "java:/A")
        DataSource dataSource;
    }

    static class Cleaning extends Step {
        @Resource(lookup = "java:/B")
        DataSource dataSource;
    }

    abstract static class Base<S extends Step> {
        @Inject
        @Any
        Instance<S> steps;
    }

    @Singleton
    static class Importing extends Base<Import> {
        @Schedule(persistent = false)
        public void run() {}
    }

    @Test
    void aGenericBaseClassInjectsWhatTheConcreteClassMakesOfIt() {
        TimerReport timer = onlyTimer(Importing.class, Import.class, Cleaning.class);
        assertThat(timer.protection()).isEqualTo(TimerReport.Protection.GUARDED);
        assertThat(timer.dataSources()).containsExactly("java:/A (@Resource of Import)");
    }

    static class Names implements Supplier<String> {
        @Resource(lookup = "java:/A")
        DataSource dataSource;

        @Override
        public String get() {
            return "name";
        }
    }

    static class Numbers implements Supplier<Integer> {
        @Resource(lookup = "java:/B")
        DataSource dataSource;

        @Override
        public Integer get() {
            return 1;
        }
    }

    abstract static class Reporting<T> {
        @Inject
        @Any
        Instance<Supplier<T>> suppliers;

        @Schedule(persistent = false)
        public void run() {}
    }

    @Singleton
    static class OfNames extends Reporting<String> {}

    @Test
    void aVariableWithinAnotherTypeIsFollowedToo() {
        assertThat(onlyTimer(OfNames.class, Names.class, Numbers.class).dataSources())
                .containsExactly("java:/A (@Resource of Names)");
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface First {}

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Second {}

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Third {}

    /** As most applications have one. */
    static class Databases {
        @Produces
        @First
        @Resource(lookup = "java:/A")
        DataSource first;

        @Resource(lookup = "java:/B")
        DataSource second;

        @Produces
        @Second
        DataSource second() {
            return second;
        }

        @Produces
        @Third
        Supplier<String> third(@First DataSource parameter) {
            return parameter::toString;
        }
    }

    @Singleton
    static class OfFirst {
        @Inject
        @First
        DataSource dataSource;

        @Schedule(persistent = false)
        public void run() {}
    }

    @Singleton
    static class OfSecond {
        @Inject
        @Second
        DataSource dataSource;

        @Schedule(persistent = false)
        public void run() {}
    }

    @Singleton
    static class OfThird {
        @Inject
        @Third
        Supplier<String> supplier;

        @Schedule(persistent = false)
        public void run() {}
    }

    @Test
    void ofAClassThatProducesManyOnlyWhatATimerInjectsCounts() {
        assertThat(onlyTimer(OfFirst.class, Databases.class).dataSources())
                .containsExactly("java:/A (@Resource of Databases)");
        assertThat(onlyTimer(OfSecond.class, Databases.class).dataSources())
                .containsExactly("java:/B (@Resource of Databases)");
        assertThat(onlyTimer(OfThird.class, Databases.class).dataSources())
                .containsExactly("java:/A (@Resource of Databases)");
    }

    static class Constructed {
        private final DataSource dataSource;

        @Inject
        Constructed(@First DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Produces
        @Second
        DataSource second() {
            return dataSource;
        }
    }

    static class FirstOnly {
        @Produces
        @First
        @Resource(lookup = "java:/A")
        DataSource first;
    }

    @Test
    void whatAProducersConstructorWasGivenCounts() {
        assertThat(onlyTimer(OfSecond.class, Constructed.class, FirstOnly.class).dataSources())
                .containsExactly("java:/A (@Resource of FirstOnly)");
    }

    @Singleton
    static class OfMissing {
        @Resource(lookup = "java:/Missing")
        DataSource missing;

        @Resource(mappedName = "java:/A")
        DataSource mapped;

        @Schedule(persistent = false)
        public void run() {}
    }

    @Test
    void aTimerThatCannotBeGuardedForAllThatItUsesIsUnprotectedAndIsDeployed() {
        TimerReport timer = onlyTimer(OfMissing.class);
        assertThat(timer.protection()).isEqualTo(TimerReport.Protection.UNPROTECTED);
        assertThat(timer.dataSources())
                .containsExactly("java:/Missing (@Resource of OfMissing)", "java:/A (@Resource of OfMissing)");
        assertThat(timer.reason()).startsWith("CG0003 There is no data source java:/Missing");
    }
}
