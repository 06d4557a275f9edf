/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.lang.management.ManagementFactory;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.connectionguard.testing.Stub;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As an operator has them, through the platform's MBean server. */
class GuardOperationsTest {
    private static final String NAME = "java:/Jobs";
    private static final String BYPASS = "connection-guard.skip-if-validated-within";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDatabase database = new SmallDatabase();
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    static class Job {
        @ValidConnections(NAME)
        public void run() {}
    }

    @BeforeEach
    void server() {
        System.setProperty("connection-guard.doctor", "false");
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, database.dataSource());
    }

    @AfterEach
    void unset() {
        System.clearProperty("connection-guard.doctor");
        System.clearProperty(BYPASS);
    }

    private Set<ObjectName> all(String type) throws JMException {
        return beans.queryNames(new ObjectName("org.connectionguard:type=" + type + ",*"), null);
    }

    private String guard(String operation, Object... arguments) throws JMException {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return (String) beans.invoke(all("Guard").iterator().next(), operation, arguments, types);
    }

    @Test
    void theBeansAreThereFromTheDeploymentToItsEnd() throws JMException {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(all("Guard")).hasSize(1);
            assertThat(all("DataSource")).hasSize(1);
        }
        assertThat(beans.queryNames(new ObjectName("org.connectionguard:*"), null))
                .isEmpty();
    }

    @Test
    void aDataSourceIsAskedAtOnceThoughNoNameIsSeenFromHere() throws JMException {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            jndi.unbind(NAME);
            assertThat(guard("validate", NAME)).isEqualTo("live");
            assertThat(database.borrowed()).isEqualTo(1);
            database.stop();
            assertThat(guard("validate", NAME)).startsWith("CG0201 " + NAME).contains("Nobody listens");
            ObjectName source = all("DataSource").iterator().next();
            assertThat(beans.getAttribute(source, "State")).isEqualTo("UNAVAILABLE");
            assertThat(beans.invoke(source, "validate", new Object[0], new String[0]))
                    .asString()
                    .startsWith("CG0201 " + NAME);
        }
    }

    @Test
    void anOperatorIsNotToldWhatHeldAMomentAgo() throws JMException {
        System.setProperty(BYPASS, "PT1H");
        try (WeldContainer container = Deployment.of(Job.class)) {
            container.select(ConnectionGuard.class).get().validate(NAME);
            assertThat(database.borrowed()).isEqualTo(1);
            assertThat(guard("validate", NAME)).isEqualTo("live");
            assertThat(database.borrowed()).isEqualTo(2);
        }
    }

    @Test
    void aNameThatNoJobUsesIsNotLookedUp() throws JMException {
        jndi.bindEach("java:/Other", () -> {
            throw new AssertionError("looked up");
        });
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(guard("validate", "java:/Other"))
                    .startsWith("java:/Other is none of the data sources of")
                    .endsWith("which are: [java:/Jobs]");
            assertThat(guard("sweep", "java:/Other")).startsWith("java:/Other is none of the data sources of");
        }
    }

    @Test
    void aPoolThatIsNotKnownIsNotSwept() throws JMException {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(guard("sweep", NAME)).startsWith(NAME + ": its pool is not known");
            guard("validate", NAME);
            assertThat(guard("sweep", NAME)).startsWith(NAME + ": its pool is not known");
        }
    }

    @Test
    void aPoolIsSweptOnceItIsKnown() throws Exception {
        Driver driver = Stub.of(
                Driver.class,
                (method, arguments) -> method.equals("acceptsURL")
                        ? arguments[0].equals("jdbc:small:")
                        : database.dataSource().getConnection());
        DriverManager.registerDriver(driver);
        AgroalDataSourceConfigurationSupplier setup = new AgroalDataSourceConfigurationSupplier();
        setup.metricsEnabled()
                .connectionPoolConfiguration()
                .maxSize(2)
                .connectionFactoryConfiguration()
                .jdbcUrl("jdbc:small:");
        try (AgroalDataSource pool = AgroalDataSource.from(setup)) {
            jndi.bind(NAME, pool);
            try (WeldContainer container = Deployment.of(Job.class)) {
                assertThat(container.isRunning()).isTrue();
                assertThat(guard("sweep", NAME)).startsWith(NAME + ": its pool is not known");
                assertThat(guard("validate", NAME)).isEqualTo("live");
                assertThat(pool.getMetrics().availableCount()).isEqualTo(1);
                assertThat(guard("sweep", NAME)).isEqualTo(NAME + ": what was idle in its pool is destroyed");
                assertThat(pool.getMetrics().availableCount()).isZero();
            }
        } finally {
            DriverManager.deregisterDriver(driver);
        }
    }

    @Test
    void whatTheDriverThrowsIsAnAnswerWithoutCredentials() throws JMException {
        jndi.bind(NAME, Stub.of(DataSource.class, (method, arguments) -> {
            throw new IllegalStateException("jdbc:mysql://joe:hush@db/x?password=hush");
        }));
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(guard("validate", NAME)).contains("jdbc:mysql://db/x").doesNotContain("hush");
        }
    }

    @Test
    void theDoctorAnswersInLines() throws JMException {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(guard("examine").lines())
                    .isNotEmpty()
                    .allMatch(line -> line.matches("CG03\\d\\d .*|The doctor found nothing to mend"));
        }
    }

    @Test
    void countersBeginAnew() throws JMException {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.isRunning()).isTrue();
            guard("validate", NAME);
            ObjectName source = all("DataSource").iterator().next();
            assertThat(beans.getAttribute(source, "ValidationsAlive")).isEqualTo(1L);
            assertThat(guard("reset")).endsWith("begin anew");
            assertThat(beans.getAttribute(source, "ValidationsAlive")).isEqualTo(0L);
        }
    }
}
