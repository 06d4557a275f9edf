/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.connectionguard.pool.FakeServer.Session;
import org.connectionguard.pool.PoolDescription.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter, on the pool alone. */
class TomcatJdbcTest {
    private final FakeServer server = new FakeServer();
    private final TomcatJdbc adapter = new TomcatJdbc();

    private final PoolProperties setup = new PoolProperties();
    private Optional<DataSource> started = Optional.empty();

    @BeforeEach
    void setUp() {
        setup.setDataSource(server.dataSource);
        setup.setMaxActive(3);
        setup.setInitialSize(0);
    }

    @AfterEach
    void end() throws SQLException {
        for (Session session : server.sessions) {
            session.connection.abort(Runnable::run);
        }
        started.ifPresent(dataSource -> dataSource.close(true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsHandlesAreRecognisedAndOthersAreNot(boolean facade) throws SQLException {
        setup.setUseDisposableConnectionFacade(facade);
        setup.setJdbcInterceptors("ConnectionState;StatementFinalizer");
        try (Connection handle = start().getConnection()) {
            assertThat(adapter.lent(handle)).isTrue();
            assertThat(adapter.physical(handle)).contains(session(0).connection);
        }
        Connection other = server.dataSource.getConnection();
        assertThat(adapter.lent(other)).isFalse();
        assertThat(adapter.physical(other)).isEmpty();
        assertThat(adapter.control(other)).isEmpty();
    }

    /** What is behind a closed handle may be another user's by now. */
    @Test
    void aClosedHandleHasNothingBehindIt() throws SQLException {
        DataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        handle.close();
        try (Connection others = dataSource.getConnection()) {
            assertThat(adapter.physical(others)).contains(session(0).connection);

            assertThat(adapter.physical(handle)).isEmpty();
            assertThat(adapter.control(handle)).isEmpty();
            assertThatThrownBy(() -> adapter.hasLostAutocommit(handle)).isInstanceOf(SQLException.class);
            adapter.evict(handle);
        }
        adapter.evict(handle);
        try (Connection again = dataSource.getConnection()) {
            assertThat(adapter.physical(again)).contains(session(0).connection);
        }
    }

    @Test
    void autocommitThatAUserLeftOffIsLost() throws SQLException {
        DataSource dataSource = start();
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
            handle.setAutoCommit(false);
        }
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isTrue();
        }
    }

    @Test
    void autocommitThatThePoolRestoresIsNotLost() throws SQLException {
        setup.setJdbcInterceptors("ConnectionState");
        setup.setDefaultAutoCommit(true);
        DataSource dataSource = start();
        try (Connection handle = dataSource.getConnection()) {
            handle.setAutoCommit(false);
        }
        try (Connection handle = dataSource.getConnection()) {
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
        }
    }

    @Test
    void autocommitThatIsSetUpToBeOffIsNotLost() throws SQLException {
        setup.setDefaultAutoCommit(false);
        try (Connection handle = start().getConnection()) {
            assertThat(session(0).autocommit).isFalse();
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void anEvictedConnectionNeverComesBackAndItsSlotIsFree(boolean facade, boolean fair) throws SQLException {
        setup.setUseDisposableConnectionFacade(facade);
        setup.setFairQueue(fair);
        DataSource dataSource = start();
        Connection handle = dataSource.getConnection();
        PoolControl control = adapter.control(handle).orElseThrow();

        adapter.evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(0).closed).isTrue();
        assertThat(control.free()).hasValue(3);
        assertThat(dataSource.getPool().getSize()).isZero();
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(1).connection);
        }
    }

    /** Why tomcat-jdbc has an adapter. */
    @Test
    void thePortableTreatmentGivesTheDeadOneToTheNextUser() throws SQLException {
        DataSource dataSource = start();

        new UnknownPool().evict(dataSource.getConnection());

        assertThat(session(0).aborted).isTrue();
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theIdleSiblingsGoTooAndThoseInUseDoNot(boolean fair) throws SQLException {
        setup.setFairQueue(fair);
        DataSource dataSource = start();
        Connection inUse = dataSource.getConnection();
        Connection idle = dataSource.getConnection();
        Connection handle = dataSource.getConnection();
        idle.close();

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(handle.isClosed()).isTrue();
        assertThat(server.sessions).extracting(session -> session.aborted).containsExactly(false, true, true);
        assertThat(server.sessions).extracting(session -> session.closed).containsExactly(false, true, true);
        assertThat(dataSource.getPool().getSize()).isOne();
        inUse.close();
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    @Test
    void aSweepMakesRoomForNewOnes() throws SQLException {
        DataSource dataSource = start();
        List<Connection> handles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            handles.add(dataSource.getConnection());
        }
        PoolControl control = adapter.control(handles.get(0)).orElseThrow();
        for (Connection handle : handles) {
            handle.close();
        }

        control.sweep();

        assertThat(server.sessions).hasSize(3).allMatch(session -> session.aborted && session.closed);
        assertThat(dataSource.getPool().getSize()).isZero();
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(3).connection);
        }
    }

    @Test
    void silentSiblingsHoldNobodyUp() throws SQLException {
        DataSource dataSource = start();
        Connection idle = dataSource.getConnection();
        Connection handle = dataSource.getConnection();
        idle.close();
        server.sessions.forEach(Session::fallSilent);

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(2).connection);
        }
    }

    @Test
    void aPoolThatIsNotAsExpectedTellsNothing() throws SQLException {
        try (Connection handle = start().getConnection()) {
            TomcatPool known = (TomcatPool) adapter.control(handle).orElseThrow();
            PoolControl other = new TomcatPool(known.classes(), "no pool");

            assertThat(other.free()).isEmpty();
            assertThatThrownBy(other::sweep).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void idleOnesAndThoseNotYetMadeAreFree() throws SQLException {
        DataSource dataSource = start();
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

    /** A connect that never returns keeps its place, though nobody has that connection yet. */
    @Test
    void whatItIsConnectingHasAPlace() throws Exception {
        DataSource dataSource = start();
        PoolControl control;
        try (Connection handle = dataSource.getConnection()) {
            control = adapter.control(handle).orElseThrow();
            CountDownLatch greeting = new CountDownLatch(1);
            server.greeting = Optional.of(greeting);
            CompletableFuture<Connection> connecting = CompletableFuture.supplyAsync(() -> {
                try {
                    return dataSource.getConnection();
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            while (server.unanswered.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(control.free()).hasValue(1);
            greeting.countDown();
            connecting.get(10, TimeUnit.SECONDS).close();
        }
        assertThat(control.free()).hasValue(3);
    }

    @Test
    void itDoesNotEnlistNotEvenWhatIsXa() throws SQLException {
        setup.setDataSource(server.xaDataSource);
        try (Connection handle = start().getConnection()) {
            assertThat(adapter.physical(handle)).contains(session(0).connection);
            assertThat(adapter.control(handle).orElseThrow().enlistment()).isEqualTo(Enlistment.NONE);
        }
    }

    @Test
    void anExhaustedPoolIsKnownByItsException() throws SQLException {
        setup.setMaxActive(1);
        setup.setMaxWait(10);
        DataSource dataSource = start();
        dataSource.getConnection();

        assertThatThrownBy(dataSource::getConnection).matches(adapter::isExhausted);
        assertThat(adapter.isExhausted(new SQLException())).isFalse();
    }

    // What it tells of itself.

    @Test
    void itTellsItsSettingsAndOfItsDriversOptionsThoseThatAreAskedFor() throws SQLException {
        setup.setDataSource(null);
        setup.setUrl(FakeServer.URL);
        setup.setName("Defects");
        setup.setConnectionProperties("socketTimeout=4000;tcpNoDelay=true");
        setup.setPassword("secret");
        setup.setMinIdle(0);
        setup.setMinEvictableIdleTimeMillis(600_000);
        setup.setTimeBetweenEvictionRunsMillis(60_000);
        setup.setTestWhileIdle(true);
        setup.setMaxWait(7000);
        DriverManager.registerDriver(server.driver);
        try (Connection handle = start().getConnection()) {
            assertThat(description(handle))
                    .contains(new PoolDescription(
                            Product.TOMCAT_JDBC,
                            "Defects",
                            new PoolSettings(
                                    OptionalInt.of(3),
                                    Optional.of(Duration.ofMinutes(11)),
                                    Optional.of(Duration.ofMinutes(1)),
                                    Optional.empty(),
                                    Optional.of(Duration.ofSeconds(7))),
                            Optional.of(Map.of("socketTimeout", "4000")),
                            false));
        } finally {
            DriverManager.deregisterDriver(server.driver);
        }
    }

    @Test
    void ofADataSourceThatItWasGivenItKnowsNoOptions() throws SQLException {
        try (Connection handle = start().getConnection()) {
            assertThat(description(handle).orElseThrow().driverOptions()).isEmpty();
        }
    }

    @Test
    void connectionsThatHaveToBeThereStayForEverUnlessTheyGrowTooOld() throws SQLException {
        setup.setMinIdle(1);
        assertThat(settings().longestIdle()).isEmpty();
        setup.setMaxAge(300_000);
        assertThat(settings().longestIdle()).contains(Duration.ofMinutes(5));
    }

    @Test
    void whereNobodyGoesRoundNothingThatIsIdleIsLetGoOrAsked() throws SQLException {
        setup.setMinIdle(0);
        setup.setTestWhileIdle(true);
        setup.setTimeBetweenEvictionRunsMillis(0);
        assertThat(settings().longestIdle()).isEmpty();
        assertThat(settings().idleValidation()).isEmpty();
    }

    @Test
    void aCheckoutAsksEachConnectionOrThoseThatWereNotAskedOfLate() throws SQLException {
        assertThat(settings().checkoutValidation()).isEmpty();
        setup.setTestOnBorrow(true);
        setup.setValidationInterval(3000);
        assertThat(settings().checkoutValidation()).contains(Duration.ofSeconds(3));
        setup.setValidationInterval(0);
        assertThat(settings().checkoutValidation()).contains(Duration.ZERO);
    }

    /** Of a pool that is set up so. */
    private PoolSettings settings() throws SQLException {
        DataSource dataSource = new DataSource(setup);
        try (Connection handle = dataSource.getConnection()) {
            return description(handle).orElseThrow().settings();
        } finally {
            dataSource.close(true);
        }
    }

    private Optional<PoolDescription> description(Connection handle) {
        return adapter.control(handle).orElseThrow().describe(Set.of("connectTimeout", "socketTimeout"));
    }

    private DataSource start() {
        DataSource dataSource = new DataSource(setup);
        started = Optional.of(dataSource);
        return dataSource;
    }

    private Session session(int number) {
        return server.sessions.get(number);
    }
}
