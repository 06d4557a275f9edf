/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Target;
import org.connectionguard.message.AgroalPlace;
import org.connectionguard.message.DeployedDescriptor;
import org.connectionguard.message.JdbcExtensions;
import org.connectionguard.message.ServerConfiguration;
import org.connectionguard.pool.PoolSettings;
import org.connectionguard.testing.Shown;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;

/** The model by its names, as WildFly 39 shows them. */
class WildFlyModelTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final WildFlyModel model = new WildFlyModel(server);

    private void show(String name, Map<String, Object> attributes) throws Exception {
        server.registerMBean(new Shown(attributes), new ObjectName("jboss.as:" + name));
    }

    private static Target target(String name) {
        DataSource dataSource = (DataSource) Proxy.newProxyInstance(
                WildFlyModelTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException();
                });
        return new Target(name, dataSource, Settings.DEFAULTS);
    }

    private PoolFacts pool(String name) {
        return model.pool(target(name)).orElseThrow();
    }

    @Test
    void aPoolOfTheConfigurationIsReadWithItsDefaults() throws Exception {
        show("subsystem=datasources,data-source=X", Map.of("jndiName", "java:/X", "statisticsEnabled", false));
        PoolFacts pool = pool("java:/X");
        assertThat(pool.place()).isEqualTo(new ServerConfiguration("data-source", "X", JdbcExtensions.MYSQL));
        assertThat(pool.settings())
                .isEqualTo(new PoolSettings(
                        OptionalInt.of(20),
                        Optional.of(Duration.ofMinutes(45)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(30))));
        assertThat(pool.managed().orElseThrow().statistics()).contains(false);
        assertThat(model.pool(target("java:/Y"))).isEmpty();
    }

    /** Else as many times as there are data sources: of a hundred ten thousand times, each of which costs WildFly milliseconds. */
    @Test
    void whichDataSourceIsWhichIsReadOnce() throws Exception {
        List<String> names = List.of("java:/A", "java:/B", "java:/C");
        for (String name : names) {
            show("subsystem=datasources,data-source=" + name.substring(6), Map.of("jndiName", name));
        }
        List<String> read = new ArrayList<>();
        WildFlyModel counted = new WildFlyModel(Stub.of(MBeanServer.class, (method, arguments) -> {
            ObjectName bean = (ObjectName) arguments[0];
            if (method.equals("queryNames")) {
                return server.queryNames(bean, null);
            }
            if (arguments[1].equals("jndiName")) {
                read.add(bean.toString());
            }
            return server.getAttribute(bean, (String) arguments[1]);
        }));
        for (String name : names) {
            assertThat(counted.pool(target(name))).isPresent();
        }
        assertThat(read).hasSize(names.size()).doesNotHaveDuplicates();
    }

    @Test
    void aPoolOfPostgreSqlsDriverHasSorterAndCheckerOfItsOwn() throws Exception {
        show("subsystem=datasources,jdbc-driver=pg", Map.of("driverClassName", "org.postgresql.Driver"));
        show("subsystem=datasources,data-source=X", Map.of("jndiName", "java:/X", "driverName", "pg"));
        assertThat(pool("java:/X").place())
                .isEqualTo(new ServerConfiguration("data-source", "X", JdbcExtensions.POSTGRESQL));
    }

    @Test
    void aPoolOfADeploymentsFileIsReadWithItsPlace() throws Exception {
        show(
                "deployment=a.war,subsystem=datasources,data-source=\"java:/X\"",
                Map.of("jndiName", "java:/X", "idleTimeoutMinutes", 3, "statisticsEnabled", false));
        show(
                "deployment=a.war,subsystem=datasources,data-source=\"java:/X\",connection-properties=socketTimeout",
                Map.of("value", "4000"));
        PoolFacts pool = pool("java:/X");
        assertThat(pool.place())
                .isEqualTo(new DeployedDescriptor("a.war", "data-source", "java:/X", JdbcExtensions.MYSQL));
        assertThat(pool.settings().longestIdle()).contains(Duration.ofSeconds(270));
        assertThat(pool.options().socketTimeout()).contains(Duration.ofSeconds(4));
        // It is shown as off, whatever the file says.
        assertThat(pool.managed().orElseThrow().statistics()).isEmpty();
    }

    @Test
    void aPoolOfAModuleInAnEarIsReadWithBoth() throws Exception {
        show(
                "deployment=a.ear,subdeployment=w.war,subsystem=datasources,xa-data-source=\"java:/X\"",
                Map.of("jndiName", "java:/X"));
        assertThat(pool("java:/X").place())
                .isEqualTo(new DeployedDescriptor("w.war in a.ear", "xa-data-source", "java:/X", JdbcExtensions.MYSQL));
    }

    @Test
    void aNameInAFileIsCompletedAsWildFlyDoes() throws Exception {
        show("deployment=a.war,subsystem=datasources,data-source=jdbc/X", Map.of("jndiName", "jdbc/X"));
        show("deployment=a.war,subsystem=datasources,data-source=jboss/Y", Map.of("jndiName", "jboss/Y"));
        assertThat(model.pool(target("java:/jdbc/X"))).isPresent();
        assertThat(model.pool(target("java:jboss/Y"))).isPresent();
    }

    @Test
    void ofAgroalsDataSourcesTheirPlaceIsReadAndWhatIsNotThePools() throws Exception {
        show(
                "subsystem=datasources-agroal,datasource=X",
                Map.of("jndiName", "java:/X", "jta", false, "statisticsEnabled", true));
        show("subsystem=datasources-agroal,xa-datasource=Y", Map.of("jndiName", "java:/Y", "statisticsEnabled", false));
        assertThat(model.agroal(target("java:/X")))
                .contains(new ManagedFacts(new AgroalPlace("datasource", "X"), false, Optional.of(true)));
        assertThat(model.agroal(target("java:/Y")))
                .contains(new ManagedFacts(new AgroalPlace("xa-datasource", "Y"), true, Optional.of(false)));
        assertThat(model.agroal(target("java:/Z"))).isEmpty();
        assertThat(model.pool(target("java:/X"))).isEmpty();
    }

    @Test
    void theDriverIsKnownByTheClassItWasRegisteredWith() throws Exception {
        show("subsystem=datasources,jdbc-driver=maria", Map.of("driverClassName", "org.mariadb.jdbc.Driver"));
        show(
                "subsystem=datasources,data-source=X",
                Map.of("jndiName", "java:/X", "driverName", "maria", "connectionUrl", "jdbc:mysql://db/defects"));
        assertThat(pool("java:/X").options().driver()).contains(Driver.MARIADB);
    }

    @Test
    void theUrlOfMariaDbsXaDataSourceIsFoundThoughItIsSpelledOtherwise() throws Exception {
        show("subsystem=datasources,xa-data-source=X", Map.of("jndiName", "java:/X"));
        show(
                "subsystem=datasources,xa-data-source=X,xa-datasource-properties=Url",
                Map.of("value", "jdbc:mariadb://db/defects?socketTimeout=4000"));
        DriverOptions options = pool("java:/X").options();
        assertThat(options.socketTimeout()).contains(Duration.ofSeconds(4));
        assertThat(options.takesProperties()).isFalse();
    }

    @Test
    void theTimerServicesStoreIsKnownByItsDataSource() throws Exception {
        show(
                "subsystem=ejb3,service=timer-service,database-data-store=database",
                Map.of("datasourceJndiName", "java:/Timers"));
        show("subsystem=ejb3,service=timer-service,file-data-store=files", Map.of());
        assertThat(model.timerStore(target("java:/Timers"))).contains("database");
        assertThat(model.timerStore(target("java:/X"))).isEqualTo(Optional.empty());
    }

    @Test
    void whileSomethingIsDeployedNotAllIsShown() throws Exception {
        String operations = "core-service=management,service=management-operations,active-operation=";
        assertThat(now().isChanging()).isFalse();
        show(operations + "1", Map.of("exclusiveRunningTime", -1L));
        assertThat(now().isChanging()).as("somebody reads").isFalse();
        show(operations + "2", Map.of("exclusiveRunningTime", 211056116L));
        assertThat(now().isChanging()).isTrue();
    }

    private WildFlyModel now() {
        return new WildFlyModel(server);
    }

    @Test
    void onAnotherServerNothingIsKnown() {
        assertThat(model.isChanging()).isFalse();
        assertThat(model.pool(target("java:/X"))).isEmpty();
        assertThat(model.timerStores()).isEmpty();
        assertThat(model.container("Payara"))
                .isEqualTo(new ContainerFacts(
                        "Payara", "default", new ServerLimits(Optional.empty(), OptionalInt.empty(), false)));
    }
}
