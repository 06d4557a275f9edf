/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.awaitility.Awaitility;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DataSourceState;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.Finding;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.GuardEvent.Validated;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Garbage;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pools that an application makes itself: it has them in its hands, or binds them to a name when it begins. */
class OwnPoolsTest {
    private static final String NAME = "java:global/jdbc/own";
    private static final String DOCTOR = "connection-guard.doctor";
    private static final String MAX_WAIT = "connection-guard.max-wait";

    /** What holds where HikariCP is not of the system's own class loader, as in a server. */
    private static final String WEAK_IN_THREADS = "com.zaxxer.hikari.useWeakReferences";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final Log log = new Log();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        System.setProperty(DOCTOR, "false");
        System.setProperty(MAX_WAIT, "PT0S");
        System.setProperty(WEAK_IN_THREADS, "true");
    }

    @AfterEach
    void unset() {
        List.of(DOCTOR, MAX_WAIT, WEAK_IN_THREADS).forEach(System::clearProperty);
    }

    private HikariDataSource pool() {
        return pool(database);
    }

    private static HikariDataSource pool(SmallDatabase database) {
        HikariConfig setup = new HikariConfig();
        setup.setPoolName("Reports");
        setup.setDataSource(database.dataSource());
        setup.setMinimumIdle(0);
        setup.setConnectionTimeout(250);
        setup.setInitializationFailTimeout(-1);
        return new HikariDataSource(setup);
    }

    private static ConnectionGuard guard(WeldContainer container) {
        return container.select(ConnectionGuard.class).get();
    }

    private static DataSourceStatus only(WeldContainer container) {
        List<DataSourceStatus> all = guard(container).dataSources();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String jmx(String operation, String argument) throws JMException {
        ObjectName guard = ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.connectionguard:type=Guard,*"), null)
                .iterator()
                .next();
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(guard, operation, new Object[] {argument}, new String[] {String.class.getName()});
    }

    @Test
    void aPoolAtHandIsValidatedAndToldByItsOwnName() {
        try (WeldContainer container = Deployment.of();
                HikariDataSource pool = pool()) {
            guard(container).validate(pool);
            assertThat(only(container).name()).isEqualTo("Reports");
            assertThat(only(container).state()).isEqualTo(DataSourceState.HEALTHY);
            database.stop();
            pool.getHikariPoolMXBean().softEvictConnections();
            assertThatThrownBy(() -> guard(container).validate(pool))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageStartingWith("CG0201 Reports gave no live connection");
            assertThat(only(container).state()).isEqualTo(DataSourceState.UNAVAILABLE);
        }
    }

    @Test
    void aClosedOneIsNotWaitedForAndNoneAtAllIsAnError() {
        System.setProperty(MAX_WAIT, "PT1H");
        try (WeldContainer container = Deployment.of()) {
            HikariDataSource pool = pool();
            pool.close();
            assertThatThrownBy(() -> guard(container).validate(pool))
                    .isInstanceOfSatisfying(
                            DatabaseUnavailableException.class,
                            e -> assertThat(e.dataSource()).isEqualTo("Reports"))
                    .hasMessageStartingWith("CG0205 Reports is closed");
            DataSource none = null;
            assertThatThrownBy(() -> guard(container).validate(none))
                    .isInstanceOf(GuardDefinitionException.class)
                    .hasMessageStartingWith("CG0020");
        }
    }

    @Test
    void anOperatorAsksItByItsNameAsLongAsItIsThere() throws JMException {
        try (WeldContainer container = Deployment.of()) {
            HikariDataSource pool = pool();
            guard(container).validate(pool);
            database.forget();
            assertThat(jmx("validate", "Reports")).isEqualTo("live");
            assertThat(pool.getHikariPoolMXBean().getIdleConnections()).isOne();
            assertThat(jmx("sweep", "Reports")).isEqualTo("Reports: what was idle in its pool is destroyed");
            assertThat(pool.getHikariPoolMXBean().getIdleConnections()).isZero();
            pool.close();
            assertThat(jmx("validate", "Reports")).startsWith("CG0201 Reports");
        }
    }

    @Test
    void twoPoolsOfOneNameAreTwoDataSources() {
        try (WeldContainer container = Deployment.of();
                HikariDataSource one = pool();
                HikariDataSource other = pool()) {
            guard(container).validate(one);
            guard(container).validate(other);
            assertThat(guard(container).dataSources())
                    .extracting(DataSourceStatus::name)
                    .containsExactly("Reports", "Reports 2");
        }
    }

    @Test
    void nothingOfAPoolIsKeptThatIsGone() throws InterruptedException {
        try (WeldContainer container = Deployment.of()) {
            ReferenceQueue<HikariDataSource> queue = new ReferenceQueue<>();
            WeakReference<HikariDataSource> gone = new WeakReference<>(pool(), queue);
            guard(container).validate(gone.get());
            assertThat(only(container).name()).isEqualTo("Reports");
            gone.get().close();
            Garbage.assertCollected(gone, queue);
            assertThat(only(container).name()).isEqualTo("Reports");
        }
    }

    private org.apache.tomcat.jdbc.pool.DataSource tomcats() {
        PoolProperties setup = new PoolProperties();
        setup.setName("Reports");
        setup.setDataSource(database.dataSource());
        setup.setInitialSize(0);
        return new org.apache.tomcat.jdbc.pool.DataSource(setup);
    }

    @Test
    void norOfOneOfTomcats() throws InterruptedException {
        try (WeldContainer container = Deployment.of()) {
            ReferenceQueue<org.apache.tomcat.jdbc.pool.DataSource> queue = new ReferenceQueue<>();
            WeakReference<org.apache.tomcat.jdbc.pool.DataSource> gone = new WeakReference<>(tomcats(), queue);
            guard(container).validate(gone.get());
            assertThat(only(container).name()).isEqualTo("Reports");
            gone.get().close();
            Garbage.assertCollected(gone, queue);
        }
    }

    /** Makes a pool for who injects it, and closes it at the end. */
    @ApplicationScoped
    public static class Producer {
        static final SmallDatabase DATABASE = new SmallDatabase();

        @Produces
        @ApplicationScoped
        public DataSource reports() {
            return pool(DATABASE);
        }

        public void close(@Disposes DataSource reports) {
            ((HikariDataSource) reports).close();
        }
    }

    @Test
    void aContainersProxyOfAPoolIsOneDataSourceHoweverOftenItIsInjectedAndTellsThePoolsName() {
        try (WeldContainer container = Deployment.of(Producer.class)) {
            DataSource injected = container.select(DataSource.class).get();
            assertThat(injected).isNotInstanceOf(HikariDataSource.class);
            guard(container).validate(injected);
            guard(container).validate(container.select(DataSource.class).get());
            assertThat(only(container).name()).isEqualTo("Reports");
            assertThat(only(container).validations()).containsEntry(Validated.Result.ALIVE, 2L);
        }
    }

    /** Two jobs of a data source that the application binds to a name when it begins. */
    @ApplicationScoped
    public static class Job {
        private final AtomicInteger runs = new AtomicInteger();

        @ValidConnections(NAME)
        public void gather() {
            runs.incrementAndGet();
        }

        @ValidConnections(value = NAME, onUnavailable = OnUnavailable.SKIP)
        public void skip() {
            runs.incrementAndGet();
        }

        @ValidConnections(value = NAME, maxWait = "PT1M")
        public void await() {
            runs.incrementAndGet();
        }

        int runs() {
            return runs.get();
        }
    }

    @Test
    void aNameThatComesLaterIsToldAtTheEndOfTheDeploymentAndNoRunStartsBefore() {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("WARNING CG0126 There is no data source " + NAME + " yet, which "
                                    + Job.class.getName()));
            assertThat(guard(container).dataSources())
                    .as("of what is not there nobody says that it is healthy")
                    .isEmpty();
            Job job = container.select(Job.class).get();
            assertThatThrownBy(job::gather)
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageStartingWith("CG0201 " + NAME + " gave no live connection (missing)")
                    .hasMessageContaining("nothing is bound to the name " + NAME)
                    .hasMessageEndingWith("Is the name spelt correctly, and does the application run that binds it?");
            job.skip();
            assertThat(job.runs()).isZero();
            assertThat(only(container).state()).isEqualTo(DataSourceState.UNAVAILABLE);
            jndi.bind(NAME, database.dataSource());
            job.gather();
            assertThat(job.runs()).isOne();
            assertThat(only(container).state()).isEqualTo(DataSourceState.HEALTHY);
            assertThat(only(container).lastOutages())
                    .singleElement()
                    .satisfies(outage -> assertThat(outage.duration()).isPresent());
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("WARNING CG0102 " + NAME + " gives no live connection (missing)"))
                    .anyMatch(line -> line.startsWith("INFO CG0127 " + NAME));
        }
    }

    @Test
    void theDoctorSaysOfANameThatNothingIsBoundToIt() {
        try (WeldContainer container = Deployment.of(Job.class)) {
            assertThat(container.select(ConnectionDoctor.class).get().examine())
                    .filteredOn(finding -> finding.dataSource().equals(NAME))
                    .extracting(Finding::what)
                    .anyMatch(what -> what.contains("nothing is bound to the name " + NAME));
        }
    }

    @Test
    void aRunWaitsForItsNameToBeBound() {
        try (WeldContainer container = Deployment.of(Job.class)) {
            Job job = container.select(Job.class).get();
            CompletableFuture<Void> run = CompletableFuture.runAsync(job::await);
            Awaitility.await().until(() -> only(container).state() == DataSourceState.UNAVAILABLE);
            assertThat(run).isNotDone();
            jndi.bind(NAME, database.dataSource());
            assertThat(run).succeedsWithin(Duration.ofSeconds(30));
            assertThat(job.runs()).isOne();
        }
    }

    @Test
    void whatIsBoundBeforeItsFirstRunIsGuardedAsIfItHadAlwaysBeenThere() {
        try (WeldContainer container = Deployment.of(Job.class);
                HikariDataSource pool = pool()) {
            jndi.bind(NAME, pool);
            guard(container).validate(pool);
            container.select(Job.class).get().gather();
            assertThat(only(container).name()).isEqualTo(NAME);
            assertThat(log.lines()).noneMatch(line -> line.contains("CG0102"));
        }
    }
}
