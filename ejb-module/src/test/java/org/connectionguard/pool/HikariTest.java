/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
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
import java.util.concurrent.TimeUnit;
import org.connectionguard.pool.FakeServer.Session;
import org.connectionguard.pool.PoolDescription.Product;
import org.connectionguard.testing.Garbage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter, on a pool that applications bring along. */
class HikariTest {
    /** What holds where it is not of the system's own class loader, as in a server. */
    private static final String WEAK_IN_THREADS = "com.zaxxer.hikari.useWeakReferences";

    private final FakeServer server = new FakeServer();
    private final Hikari adapter = new Hikari();

    private final HikariConfig setup = new HikariConfig();
    private Optional<HikariDataSource> started = Optional.empty();

    @BeforeEach
    void setUp() {
        setup.setDataSource(server.dataSource);
        setup.setMaximumPoolSize(3);
        // It makes connections only when they are asked for.
        setup.setMinimumIdle(0);
        setup.setInitializationFailTimeout(-1);
    }

    @AfterEach
    void end() throws SQLException {
        System.clearProperty(WEAK_IN_THREADS);
        for (Session session : server.sessions) {
            session.connection.abort(Runnable::run);
        }
        started.ifPresent(HikariDataSource::close);
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

    /** What is behind a closed handle may be another user's by now. */
    @Test
    void aClosedHandleHasNothingBehindIt() throws SQLException {
        HikariDataSource dataSource = start();
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
    void autocommitThatSomebodySwitchedOffBehindThePoolsBackIsLost() throws SQLException {
        HikariDataSource dataSource = start();
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
        setup.setAutoCommit(false);
        try (Connection handle = start().getConnection()) {
            assertThat(session(0).autocommit).isFalse();
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
        }
    }

    @Test
    void anEvictedConnectionNeverComesBackAndItsSlotIsFree() throws Exception {
        HikariDataSource dataSource = start();
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

    /** Why HikariCP has an adapter: who comes within half a second gets it. */
    @Test
    void thePortableTreatmentLeavesTheDeadOneInThePool() throws SQLException {
        HikariDataSource dataSource = start();

        new UnknownPool().evict(dataSource.getConnection());

        assertThat(session(0).aborted).isTrue();
        assertThat(dataSource.getHikariPoolMXBean().getIdleConnections()).isOne();
    }

    @Test
    void theIdleSiblingsGoTooAndThoseInUseDoNot() throws SQLException {
        HikariDataSource dataSource = start();
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
        HikariDataSource dataSource = start();
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
        await().untilAsserted(() -> assertThat(server.sessions).allMatch(session -> session.closed));
        try (Connection next = dataSource.getConnection()) {
            assertThat(adapter.physical(next)).contains(session(3).connection);
        }
    }

    @Test
    void silentSiblingsHoldNobodyUp() throws SQLException {
        HikariDataSource dataSource = start();
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
            HikariPool known = (HikariPool) adapter.control(handle).orElseThrow();
            PoolControl other = new HikariPool(known.classes(), "no pool");

            assertThat(other.free()).isEmpty();
            assertThatThrownBy(other::sweep).isInstanceOf(SQLException.class);
        }
    }

    /** The pool holds the data source that it belongs to. */
    @Test
    void whoControlsAPoolKeepsNeitherItNorItsDataSource() throws Exception {
        System.setProperty(WEAK_IN_THREADS, "true");
        ReferenceQueue<HikariDataSource> queue = new ReferenceQueue<>();
        WeakReference<HikariDataSource> gone = new WeakReference<>(new HikariDataSource(setup), queue);
        PoolControl control = controlOf(gone.get());
        assertThat(control.free()).hasValue(3);
        gone.get().close();
        Garbage.assertCollected(gone, queue);
        assertThat(control.free()).isEmpty();
        assertThatCode(control::sweep).doesNotThrowAnyException();
    }

    private PoolControl controlOf(HikariDataSource dataSource) throws SQLException {
        try (Connection handle = dataSource.getConnection()) {
            return adapter.control(handle).orElseThrow();
        }
    }

    @Test
    void idleOnesAndThoseNotYetMadeAreFree() throws SQLException {
        HikariDataSource dataSource = start();
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
    void itDoesNotEnlist() throws SQLException {
        try (Connection handle = start().getConnection()) {
            assertThat(adapter.control(handle).orElseThrow().enlistment()).isEqualTo(Enlistment.NONE);
        }
    }

    @Test
    void anExhaustedPoolIsKnownByItsWords() throws SQLException {
        setup.setMaximumPoolSize(1);
        setup.setConnectionTimeout(250);
        HikariDataSource dataSource = start();
        dataSource.getConnection();

        assertThatThrownBy(dataSource::getConnection).matches(adapter::isExhausted);
        assertThat(adapter.isExhausted(new SQLException())).isFalse();
    }

    /** It says the same, and why it could not connect. */
    @Test
    void aPoolThatCannotConnectIsNotExhausted() throws SQLException {
        server.refusal = Optional.of(new SQLException("Connection refused", "08001"));
        setup.setConnectionTimeout(250);
        HikariDataSource dataSource = start();

        assertThatThrownBy(dataSource::getConnection)
                .hasMessageContaining("request timed out after")
                .matches(failure -> !adapter.isExhausted(failure));
    }

    @Test
    void aPoolThatHasNothingAtAllIsNotExhausted() {
        String words = "HikariPool-1 - Connection is not available, request timed out after 250ms";

        assertThat(adapter.isExhausted(new SQLException(words + " (total=0, active=0, idle=0, waiting=0)")))
                .isFalse();
        assertThat(adapter.isExhausted(new SQLException(words + "."))).isTrue();
    }

    // What it tells of itself.

    @Test
    void itTellsItsSettingsAndOfItsDriversOptionsThoseThatAreAskedFor() throws SQLException {
        setup.setDataSource(null);
        setup.setJdbcUrl(FakeServer.URL);
        setup.setPoolName("Defects");
        setup.setMinimumIdle(1);
        setup.setMaxLifetime(600_000);
        setup.setKeepaliveTime(60_000);
        setup.setConnectionTimeout(7000);
        setup.addDataSourceProperty("socketTimeout", 4000);
        setup.addDataSourceProperty("password", "secret");
        DriverManager.registerDriver(server.driver);
        try (Connection handle = start().getConnection()) {
            assertThat(description(handle))
                    .contains(new PoolDescription(
                            Product.HIKARI,
                            "Defects",
                            new PoolSettings(
                                    OptionalInt.of(3),
                                    Optional.of(Duration.ofMinutes(10)),
                                    Optional.of(Duration.ofMinutes(1)),
                                    Optional.of(Duration.ofMillis(500)),
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
    void withNobodyThatHasToStayItIsTheIdleTimeOutThatCounts() throws SQLException {
        setup.setIdleTimeout(60_000);
        setup.setKeepaliveTime(0);
        try (Connection handle = start().getConnection()) {
            PoolSettings settings = description(handle).orElseThrow().settings();
            // The time-out, and as long as it takes the pool to look.
            assertThat(settings.longestIdle()).contains(Duration.ofSeconds(90));
            assertThat(settings.idleValidation()).isEmpty();
        }
    }

    @Test
    void withoutAnEndOfLifeConnectionsStayForEver() throws SQLException {
        setup.setMinimumIdle(1);
        setup.setMaxLifetime(0);
        try (Connection handle = start().getConnection()) {
            assertThat(description(handle).orElseThrow().settings().longestIdle())
                    .isEmpty();
        }
    }

    private Optional<PoolDescription> description(Connection handle) {
        return adapter.control(handle).orElseThrow().describe(Set.of("connectTimeout", "socketTimeout"));
    }

    private HikariDataSource start() {
        HikariDataSource dataSource = new HikariDataSource(setup);
        started = Optional.of(dataSource);
        return dataSource;
    }

    private Session session(int number) {
        return server.sessions.get(number);
    }
}
