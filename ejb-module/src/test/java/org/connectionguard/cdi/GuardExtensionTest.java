/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.TimerReport;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuardExtensionTest {
    private static final String NAME = "java:/Jobs";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDatabase database = new SmallDatabase();
    private final List<String> set = new ArrayList<>();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, database.dataSource());
        // He would ask the database too.
        set("doctor", "false");
    }

    @AfterEach
    void unset() {
        set.forEach(System::clearProperty);
    }

    private void set(String key, String value) {
        set.add("connection-guard." + key);
        System.setProperty("connection-guard." + key, value);
    }

    static class Annotated {
        @ValidConnections(NAME)
        public String run() {
            return "run";
        }

        public String other() {
            return "other";
        }
    }

    @Test
    void anAnnotatedMethodIsGuardedAndItsNeighbourIsNot() {
        try (WeldContainer container = Deployment.of(Annotated.class)) {
            Annotated bean = container.select(Annotated.class).get();
            assertThat(bean.other()).isEqualTo("other");
            assertThat(database.borrowed()).isZero();
            assertThat(bean.run()).isEqualTo("run");
            assertThat(database.borrowed()).isEqualTo(1);
        }
    }

    @Singleton
    static class Plain {
        @Resource(lookup = NAME)
        DataSource dataSource;

        @Schedule(hour = "2", persistent = false)
        public String run() {
            return "run";
        }

        public String business() {
            return "business";
        }
    }

    private static TimerReport onlyTimer(WeldContainer container) {
        List<TimerReport> timers = container.select(ConnectionGuard.class).get().timers();
        assertThat(timers).hasSize(1);
        return timers.get(0);
    }

    @Test
    void aTimerThatSaysNothingIsGuardedWhereTheSettingSaysTimers() {
        set("auto", "timers");
        try (WeldContainer container = Deployment.of(Plain.class)) {
            Plain bean = container.select(Plain.class).get();
            bean.business();
            assertThat(database.borrowed()).isZero();
            bean.run();
            assertThat(database.borrowed()).isEqualTo(1);
            assertThat(onlyTimer(container).reason()).isEqualTo("connection-guard.auto");
        }
    }

    interface Nightly {
        @Schedule(hour = "2", persistent = false)
        default String nightly() {
            return "nightly";
        }
    }

    @Singleton
    static class ByInterface implements Nightly {
        @Resource(lookup = NAME)
        DataSource dataSource;
    }

    @Test
    void aTimerOfAnInterfacesDefaultMethodIsOneLikeAnother() {
        set("auto", "timers");
        try (WeldContainer container = Deployment.of(ByInterface.class)) {
            container.select(ByInterface.class).get().nightly();
            assertThat(database.borrowed()).isEqualTo(1);
            assertThat(onlyTimer(container).name()).isEqualTo("ByInterface.nightly");
        }
    }

    @Test
    void aTimerThatSaysNothingIsLeftAloneElse() {
        try (WeldContainer container = Deployment.of(Plain.class)) {
            container.select(Plain.class).get().run();
            assertThat(database.borrowed()).isZero();
            assertThat(onlyTimer(container).protection()).isEqualTo(TimerReport.Protection.UNPROTECTED);
        }
    }

    @Test
    void theServersLibraryGuardsTimersAndTheApplicationsCopyIsPassedOver() {
        try (WeldContainer container = Deployment.serverWide(Plain.class)) {
            assertThat(container.select(ConnectionGuard.class).stream()).hasSize(1);
            assertThat(container.select(ConnectionDoctor.class).stream()).hasSize(1);
            container.select(Plain.class).get().run();
            assertThat(database.borrowed()).isEqualTo(1);
            assertThat(onlyTimer(container).reason()).isEqualTo("server-wide");
        }
    }

    @Test
    void whatIsSwitchedOffNeedsNothingOfTheServerAndLetsEverythingThrough() {
        set("enabled", "false");
        jndi.unbind("java:jboss/TransactionManager");
        jndi.unbind("java:jboss/TransactionSynchronizationRegistry");
        jndi.unbind(NAME);
        try (WeldContainer container = Deployment.of(Annotated.class, Plain.class)) {
            assertThat(container.select(Annotated.class).get().run()).isEqualTo("run");
            ConnectionGuard guard = container.select(ConnectionGuard.class).get();
            guard.validate(NAME);
            assertThat(guard.timers()).isEmpty();
            assertThat(container.select(ConnectionDoctor.class).get().examine()).isEmpty();
        }
    }

    @Test
    void whatIsSwitchedOffAnswersTheServersInterceptorToo() throws Exception {
        set("enabled", "false");
        try (WeldContainer container = Deployment.serverWide(Plain.class)) {
            GuardService guard = container.select(GuardService.class).get();
            assertThat(guard.isEnabled()).isFalse();
            assertThat(guard.beforeTransaction(Invocations.returning("run"))).isEqualTo("run");
        }
    }

    static class NoDataSource {
        @ValidConnections("java:/Text")
        public void run() {}
    }

    @Test
    void whatCannotWorkIsADeploymentError() {
        jndi.bind("java:/Text", "a text");
        assertThatThrownBy(() -> Deployment.of(NoDataSource.class))
                .hasMessageContaining("CG0004 java:/Text, which " + NoDataSource.class.getName() + ".run names");
    }

    @Test
    void aSettingThatCannotBeIsADeploymentError() {
        set("max-wait", "30");
        assertThatThrownBy(() -> Deployment.of(Annotated.class))
                .hasMessageContaining("CG0002 connection-guard.max-wait = '30'");
    }

    @Test
    void aServerWithoutTransactionsIsADeploymentError() {
        jndi.unbind("java:jboss/TransactionManager");
        assertThatThrownBy(() -> Deployment.of(Annotated.class))
                .hasMessageContaining("CG0012 This server has no TransactionManager");
    }

    @Test
    void anUnprotectedTimerIsADeploymentErrorWhereTheSettingSaysFail() {
        set("unprotected", "fail");
        assertThatThrownBy(() -> Deployment.of(Plain.class)).hasMessageContaining("CG0121 Plain.run uses java:/Jobs");
    }
}
