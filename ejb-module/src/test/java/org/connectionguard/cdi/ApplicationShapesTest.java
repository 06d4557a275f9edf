/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
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
}
