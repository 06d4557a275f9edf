/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.AgroalDataSourceConfiguration.DataSourceImplementation;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.transaction.TransactionIntegration;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.connectionguard.pool.FakeServer.Session;
import org.connectionguard.pool.PoolDescription.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter, on the Agroal that WildFly has. */
class AgroalTest {
    private final FakeServer server = new FakeServer();
    private final Agroal adapter = new Agroal();

    private final AgroalDataSourceConfigurationSupplier setup = new AgroalDataSourceConfigurationSupplier();
    private final AgroalConnectionPoolConfigurationSupplier pool =
            setup.connectionPoolConfiguration().maxSize(3).acquisitionTimeout(Duration.ofSeconds(10));
    private final AgroalConnectionFactoryConfigurationSupplier factory =
            pool.connectionFactoryConfiguration().jdbcUrl(FakeServer.URL);
    private Optional<AgroalDataSource> started = Optional.empty();

    /** Agroal takes its driver from there, or makes one. */
    @BeforeEach
    void register() throws SQLException {
        DriverManager.registerDriver(server.driver);
    }

    @AfterEach
    void end() throws SQLException {
        for (Session session : server.sessions) {
            session.connection.abort(Runnable::run);
        }
        started.ifPresent(AgroalDataSource::close);
        DriverManager.deregisterDriver(server.driver);
    }

    @Test
    void itsHandlesAreRecognisedAndOthersAreNot() throws SQLException {
        try (Connection handle = start().getConnection()) {
            assertThat(adapter.lent(handle)).isTrue();
            assertThat(adapter.physical(handle)).contains(session(0).connection);
        }
        Connection other = server.dataSource.getConnection();
        assertThat(adapter.lent(other)).isFalse();
        assertThat(adapter.physical(other)).isEmpty();
        assertThat(adapter.control(other)).isEmpty();
    }

    /** The handler behind a closed handle may be another user's by now. */
    @Test
    void aClosedHandleHasNothingBehindIt() throws SQLException {
        AgroalDataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        handle.close();
        try (Connection others = dataSource.getConnection()) {
            assertThat(adapter.physical(others)).contains(session(0).connection);

            assertThat(adapter.physical(handle)).isEmpty();
            assertThat(adapter.control(handle)).isEmpty();
            assertThatThrownBy(() -> adapter.hasLostAutocommit(handle)).isInstanceOf(SQLException.class);
            adapter.evict(handle);
        }
        try (Connection again = dataSource.getConnection()) {
            assertThat(adapter.physical(again)).contains(session(0).connection);
        }
    }

    @Test
    void autocommitThatSomebodySwitchedOffBehindThePoolsBackIsLost() throws SQLException {
        AgroalDataSource dataSource = start();
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
            session(0).autocommit = false;
        }
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isTrue();
        }
    }

    @Test
    void autocommitThatIsSetUpToBeOffIsNotLost() throws SQLException {
        factory.autoCommit(false);
        try (Connection handle = start().getConnection()) {
            assertThat(session(0).autocommit).isFalse();
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
        }
    }

    @Test
    void anEvictedConnectionNeverComesBackAndItsSlotIsFree() throws Exception {
        AgroalDataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        PoolControl control = adapter.control(handle).orElseThrow();

        adapter.evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(0).end.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(control.free()).hasValue(3);
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(1).connection);
        }
    }

    /** Why Agroal has an adapter. */
    @Test
    void thePortableTreatmentLosesTheSlot() throws SQLException {
        Connection handle = start().getConnection();
        PoolControl control = adapter.control(handle).orElseThrow();

        new UnknownPool().evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(0).isOver()).isFalse();
        assertThat(control.free()).hasValue(2);
    }

    @Test
    void theIdleSiblingsGoTooAndThoseInUseDoNot() throws SQLException {
        AgroalDataSource dataSource = start();
        Connection inUse = dataSource.getConnection();
        Connection idle = dataSource.getConnection();
        Connection handle = dataSource.getConnection();
        idle.close();

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(handle.isClosed()).isTrue();
        assertThat(server.sessions).extracting(session -> session.aborted).containsExactly(false, true, true);
        inUse.close();
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    @Test
    void aSweepMakesRoomForNewOnes() throws SQLException {
        AgroalDataSource dataSource = start();
        List<Connection> handles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            handles.add(dataSource.getConnection());
        }
        PoolControl control = adapter.control(handles.get(0)).orElseThrow();
        for (Connection handle : handles) {
            handle.close();
        }

        control.sweep();

        assertThat(server.sessions).hasSize(3).allMatch(session -> session.aborted);
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(3).connection);
        }
    }

    @Test
    void aPoolThatIsNotAsExpectedTellsNothing() throws SQLException {
        try (Connection handle = start().getConnection()) {
            AgroalPool known = (AgroalPool) adapter.control(handle).orElseThrow();
            PoolControl other = new AgroalPool(known.classes(), "no pool", true);

            assertThat(other.free()).isEmpty();
            assertThat(other.isHeldUp()).isFalse();
            assertThatThrownBy(other::relieve).isInstanceOf(SQLException.class);
            assertThat(other.enlistment()).isEqualTo(Enlistment.UNKNOWN);
            assertThat(other.describe(Set.of())).isEmpty();
            assertThatThrownBy(other::sweep).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void silentSiblingsHoldNobodyUp() throws SQLException {
        AgroalDataSource dataSource = start();
        Connection idle = dataSource.getConnection();
        Connection handle = dataSource.getConnection();
        idle.close();
        server.sessions.forEach(Session::fallSilent);

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(2).connection);
        }
    }

    /** Why the pool's own flush is not used. */
    @Test
    void afterThePoolsOwnFlushTheyHoldUpEverybody() throws Exception {
        AgroalDataSource dataSource = start();
        dataSource.getConnection().close();
        waitShortly(dataSource);
        session(0).fallSilent();

        dataSource.flush(FlushMode.GRACEFUL);

        assertThat(session(0).asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
    }

    /** It connects on one thread for all. */
    @Test
    void aConnectThatIsNotAnsweredHoldsUpEverybodyUntilThePoolHasAnotherThread() throws Exception {
        AgroalDataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        PoolControl control = adapter.control(handle).orElseThrow();
        await().until(() -> !control.isHeldUp());
        CountDownLatch greeting = new CountDownLatch(1);
        server.greeting = Optional.of(greeting);
        CompletableFuture<Connection> first = CompletableFuture.supplyAsync(() -> connect(dataSource));
        await().until(() -> server.unanswered.get() == 1);
        assertThat(control.isHeldUp()).isTrue();
        // The network is well again, and leaves that one behind.
        server.greeting = Optional.empty();
        waitShortly(dataSource);
        assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
        waitLong(dataSource);

        control.relieve();

        try (Connection next = dataSource.getConnection()) {
            assertThat(next.isClosed()).isFalse();
        }
        await().until(() -> !control.isHeldUp());
        assertThat(first).isNotDone();
        greeting.countDown();
        first.get(10, TimeUnit.SECONDS).close();
        handle.close();
    }

    @Test
    void anExhaustedPoolIsNotHeldUp() throws SQLException {
        pool.maxSize(1);
        try (Connection handle = start().getConnection()) {
            assertThat(adapter.control(handle).orElseThrow().isHeldUp()).isFalse();
        }
    }

    /** It may outlive the application whose job needed it. */
    @Test
    void aThreadThatItIsGivenHasNoApplicationsClassLoaderAsItsContext() throws Exception {
        AgroalDataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        PoolControl control = adapter.control(handle).orElseThrow();
        CountDownLatch greeting = new CountDownLatch(1);
        server.greeting = Optional.of(greeting);
        CompletableFuture<Connection> first = CompletableFuture.supplyAsync(() -> connect(dataSource));
        await().until(() -> server.unanswered.get() == 1);
        CompletableFuture<Connection> second = new CompletableFuture<>();
        Thread waiting = new Thread(() -> second.complete(connect(dataSource)));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        ClassLoader applications = new ClassLoader(before) {};
        current.setContextClassLoader(applications);
        try {
            control.relieve();
            assertThat(current.getContextClassLoader()).isSameAs(applications);
        } finally {
            current.setContextClassLoader(before);
        }
        await().until(() -> server.unanswered.get() == 2);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("agroal-"))
                .noneMatch(thread -> thread.getContextClassLoader() == applications);
        greeting.countDown();
        first.get(10, TimeUnit.SECONDS).close();
        second.get(10, TimeUnit.SECONDS).close();
        handle.close();
    }

    @Test
    void idleOnesAndThoseNotYetMadeAreFree() throws SQLException {
        AgroalDataSource dataSource = start();
        List<Connection> handles = new ArrayList<>();
        for (int left = 2; left >= 0; left--) {
            handles.add(dataSource.getConnection());
            assertThat(adapter.control(handles.get(0)).orElseThrow().free()).hasValue(left);
        }
        PoolControl control = adapter.control(handles.get(0)).orElseThrow();
        assertThat(adapter.control(handles.get(1))).contains(control);

        handles.get(0).close();

        assertThat(control.free()).hasValue(1);
    }

    @Test
    void withoutTransactionsItDoesNotEnlist() throws SQLException {
        assertThat(enlistment()).isEqualTo(Enlistment.NONE);
    }

    @Test
    void withTransactionsItEnlistsInOnePhase() throws SQLException {
        pool.transactionIntegration(transactions());
        assertThat(enlistment()).isEqualTo(Enlistment.ONE_PHASE);
    }

    @Test
    void anXaDataSourceEnlistsInTwo() throws SQLException {
        pool.transactionIntegration(transactions());
        factory.connectionProviderClass(Xa.class);
        assertThat(enlistment()).isEqualTo(Enlistment.TWO_PHASE);
    }

    private Enlistment enlistment() throws SQLException {
        try (Connection handle = start().getConnection()) {
            return adapter.control(handle).orElseThrow().enlistment();
        }
    }

    @Test
    void itTellsHowItIsSetUpAndOfTheDriversOptionsOnlyWhatIsAskedFor() throws SQLException {
        pool.minSize(1)
                .maxLifetime(Duration.ofMinutes(50))
                .reapTimeout(Duration.ofMinutes(10))
                .validationTimeout(Duration.ofSeconds(30))
                .idleValidationTimeout(Duration.ofSeconds(7));
        factory.jdbcProperty("socketTimeout", "4000").jdbcProperty("keyStorePassword", "secret");
        assertThat(description())
                .isEqualTo(new PoolDescription(
                        Product.AGROAL,
                        "",
                        new PoolSettings(
                                OptionalInt.of(3),
                                // One may have to stay, however long it is idle.
                                Optional.of(Duration.ofMinutes(50)),
                                Optional.of(Duration.ofSeconds(30)),
                                Optional.of(Duration.ofSeconds(7)),
                                Optional.of(Duration.ofSeconds(10))),
                        Optional.of(Map.of("socketTimeout", "4000")),
                        false));
    }

    @Test
    void whatNobodySetLastsForEver() throws SQLException {
        pool.acquisitionTimeout(Duration.ZERO);
        assertThat(description().settings())
                .isEqualTo(new PoolSettings(
                        OptionalInt.of(3), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** It looks for idle ones as often as they may be idle. */
    @Test
    void idleOnesMayStayTwiceAsLongAsTheyAreToldTo() throws SQLException {
        pool.reapTimeout(Duration.ofMinutes(10)).maxLifetime(Duration.ofMinutes(50));
        assertThat(description().settings().longestIdle()).contains(Duration.ofMinutes(20));
    }

    @Test
    void aDataSourceOfTheDriversTakesOptionsByItsSetters() throws SQLException {
        factory.connectionProviderClass(Xa.class);
        assertThat(description().bySetters()).isTrue();
    }

    private PoolDescription description() throws SQLException {
        try (Connection handle = start().getConnection()) {
            return adapter.control(handle)
                    .orElseThrow()
                    .describe(Set.of("connectTimeout", "socketTimeout"))
                    .orElseThrow();
        }
    }

    @Test
    void anExhaustedPoolIsKnownByItsWords() throws SQLException {
        pool.maxSize(1);
        AgroalDataSource dataSource = start();
        dataSource.getConnection();
        waitShortly(dataSource);

        assertThatThrownBy(dataSource::getConnection).matches(adapter::isExhausted);
        assertThat(adapter.isExhausted(new SQLException())).isFalse();
    }

    @Test
    void whereThereIsNoPoolTheConnectionGoesAlone() throws Exception {
        setup.dataSourceImplementation(DataSourceImplementation.AGROAL_POOLLESS);
        Connection handle = start().getConnection();

        assertThat(adapter.control(handle)).isEmpty();
        assertThat(adapter.evictWithSiblings(handle)).isFalse();

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(0).end.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private AgroalDataSource start() throws SQLException {
        AgroalDataSource dataSource = AgroalDataSource.from(setup);
        started = Optional.of(dataSource);
        return dataSource;
    }

    private static void waitShortly(AgroalDataSource dataSource) {
        dataSource.getConfiguration().connectionPoolConfiguration().setAcquisitionTimeout(Duration.ofMillis(10));
    }

    private static void waitLong(AgroalDataSource dataSource) {
        dataSource.getConfiguration().connectionPoolConfiguration().setAcquisitionTimeout(Duration.ofSeconds(10));
    }

    private static Connection connect(AgroalDataSource dataSource) {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Session session(int number) {
        return server.sessions.get(number);
    }

    /** Transactions, of which none runs. */
    private static TransactionIntegration transactions() {
        return FakeServer.proxy(
                TransactionIntegration.class,
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? true : null);
    }

    /** An XA driver, which Agroal makes. */
    public static final class Xa implements XADataSource {
        private final XADataSource server = new FakeServer().xaDataSource;

        @Override
        public XAConnection getXAConnection() throws SQLException {
            return server.getXAConnection();
        }

        @Override
        public XAConnection getXAConnection(String user, String password) throws SQLException {
            return server.getXAConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return new PrintWriter(System.out);
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
