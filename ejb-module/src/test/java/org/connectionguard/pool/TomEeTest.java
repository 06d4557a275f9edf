/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.apache.openejb.resource.jdbc.managed.local.ManagedDataSource;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.connectionguard.pool.FakeServer.Session;
import org.connectionguard.pool.PoolDescription.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter, on TomEE's own data source before tomcat-jdbc. */
class TomEeTest {
    private final FakeServer server = new FakeServer();
    private final FakeTransactions transactions = new FakeTransactions();
    private final TomEe adapter = new TomEe();

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

    @Test
    void itsHandlesAreRecognisedAndOthersAreNot() throws SQLException {
        try (Connection handle = connected(start())) {
            assertThat(adapter.lent(handle)).isTrue();
            assertThat(adapter.physical(handle)).contains(session(0).connection);
        }
        Connection other = server.dataSource.getConnection();
        assertThat(adapter.lent(other)).isFalse();
        assertThat(adapter.physical(other)).isEmpty();
        assertThat(adapter.control(other)).isEmpty();
    }

    @Test
    void aHandleHasNoConnectionBeforeItIsTold() throws SQLException {
        Connection handle = start().getConnection();

        assertThat(adapter.physical(handle)).isEmpty();
        assertThat(adapter.control(handle)).isEmpty();
        assertThatThrownBy(() -> adapter.hasLostAutocommit(handle)).isInstanceOf(SQLException.class);
        assertThat(server.sessions).isEmpty();

        adapter.connect(handle);

        assertThat(adapter.physical(handle)).contains(session(0).connection);
        adapter.connect(handle);
        assertThat(server.sessions).hasSize(1);
    }

    @Test
    void noConnectionIsToldAsTheDriverToldIt() throws SQLException {
        SQLException refusal = new SQLException("Connection refused", "08001");
        server.refusal = Optional.of(refusal);
        Connection handle = start().getConnection();

        assertThatThrownBy(() -> adapter.connect(handle)).isSameAs(refusal);
    }

    @Test
    void aHandleThatCouldNotConnectDoesNotTryAgainWhenItIsEvicted() throws Exception {
        server.refusal = Optional.of(new SQLException("Connection refused", "08001"));
        ManagedDataSource dataSource = start();
        transactions.begin();
        Connection handle = dataSource.getConnection();
        assertThatThrownBy(() -> adapter.connect(handle)).isInstanceOf(SQLException.class);
        server.refusal = Optional.empty();

        adapter.evict(handle);

        assertThat(server.sessions).isEmpty();
    }

    @Test
    void anExhaustedPoolIsKnownByItsException() throws SQLException {
        setup.setMaxActive(1);
        setup.setMaxWait(10);
        ManagedDataSource dataSource = start();
        connected(dataSource);
        Connection handle = dataSource.getConnection();

        assertThatThrownBy(() -> adapter.connect(handle)).matches(adapter::isExhausted);
    }

    @Test
    void autocommitThatAUserLeftOffIsLost() throws SQLException {
        ManagedDataSource dataSource = start();
        try (Connection handle = connected(dataSource)) {
            assertThat(adapter.hasLostAutocommit(handle)).isFalse();
            handle.setAutoCommit(false);
        }
        try (Connection handle = connected(dataSource)) {
            assertThat(adapter.hasLostAutocommit(handle)).isTrue();
        }
    }

    @Test
    void anEvictedConnectionNeverComesBackAndItsSlotIsFree() throws SQLException {
        ManagedDataSource dataSource = start();
        Connection handle = connected(dataSource);
        PoolControl control = adapter.control(handle).orElseThrow();

        adapter.evict(handle);

        assertThat(handle.isClosed()).isTrue();
        assertThat(session(0).closed).isTrue();
        assertThat(control.free()).hasValue(3);
        assertThat(size()).isZero();
        try (Connection next = connected(dataSource)) {
            assertThat(adapter.physical(next)).contains(session(1).connection);
        }
    }

    /** TomEE itself does not close what says that it is closed. */
    @Test
    void inATransactionTheSlotIsFreeToo() throws Exception {
        ManagedDataSource dataSource = start();
        transactions.begin();
        Connection handle = connected(dataSource);
        PoolControl control = adapter.control(handle).orElseThrow();

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(session(0).isOver()).isTrue();
        assertThat(control.free()).hasValue(3);
        assertThat(size()).isZero();
    }

    @Test
    void aTransactionHasOneConnection() throws Exception {
        ManagedDataSource dataSource = start();
        transactions.begin();
        try (Connection handle = connected(dataSource)) {
            assertThat(session(0).autocommit).isFalse();
            assertThat(adapter.physical(handle)).contains(session(0).connection);
        }
        try (Connection handle = connected(dataSource)) {
            assertThat(adapter.physical(handle)).contains(session(0).connection);
        }
        transactions.commit();
        assertThat(session(0).autocommit).isTrue();
        assertThat(started.orElseThrow().getIdle()).isOne();
    }

    /** Why TomEE has an adapter. */
    @Test
    void thePortableTreatmentGivesTheDeadOneToTheNextUser() throws SQLException {
        ManagedDataSource dataSource = start();

        new UnknownPool().evict(connected(dataSource));

        assertThat(session(0).aborted).isTrue();
        try (Connection next = connected(dataSource)) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    @Test
    void theIdleSiblingsGoTooAndThoseInUseDoNot() throws SQLException {
        ManagedDataSource dataSource = start();
        Connection inUse = connected(dataSource);
        Connection idle = connected(dataSource);
        Connection handle = connected(dataSource);
        idle.close();

        assertThat(adapter.evictWithSiblings(handle)).isTrue();

        assertThat(server.sessions).extracting(session -> session.aborted).containsExactly(false, true, true);
        inUse.close();
        try (Connection next = connected(dataSource)) {
            assertThat(adapter.physical(next)).contains(session(0).connection);
        }
    }

    @Test
    void itEnlistsInOnePhase() throws SQLException {
        try (Connection handle = connected(start())) {
            assertThat(adapter.control(handle).orElseThrow().enlistment()).isEqualTo(Enlistment.ONE_PHASE);
        }
    }

    @Test
    void whatIsXaEnlistsInTwo() throws SQLException {
        setup.setDataSource(server.xaDataSource);
        ManagedDataSource dataSource = start();
        Connection handle = connected(dataSource);
        assertThat(adapter.physical(handle)).contains(session(0).connection);
        PoolControl control = adapter.control(handle).orElseThrow();
        assertThat(control.enlistment()).isEqualTo(Enlistment.TWO_PHASE);

        adapter.evict(handle);

        assertThat(session(0).isOver()).isTrue();
        assertThat(control.free()).hasValue(3);
        assertThat(size()).isZero();
    }

    @Test
    void twoControlsOfOnePoolAreEqual() throws SQLException {
        ManagedDataSource dataSource = start();
        try (Connection one = connected(dataSource);
                Connection other = connected(dataSource)) {
            assertThat(adapter.control(one)).isEqualTo(adapter.control(other));
        }
    }

    @Test
    void beforeAPoolThatNobodyKnowsTheConnectionGoesAlone() throws SQLException {
        ManagedDataSource dataSource =
                new ManagedDataSource(server.dataSource, transactions.manager, transactions.registry);
        Connection handle = connected(dataSource);

        assertThat(adapter.physical(handle)).isEmpty();
        assertThat(adapter.evictWithSiblings(handle)).isFalse();

        assertThat(session(0).aborted).isTrue();
    }

    @Test
    void tomcatsPoolIsSetUpByTomEe() throws SQLException {
        setup.setName("jdbc/Defects");
        try (Connection handle = connected(start())) {
            PoolDescription told =
                    adapter.control(handle).orElseThrow().describe(Set.of()).orElseThrow();
            assertThat(told.product()).isEqualTo(Product.TOMEE);
            assertThat(told.name()).isEqualTo("jdbc/Defects");
            assertThat(told.settings().largestSize()).hasValue(3);
        }
    }

    @Test
    void anyOtherPoolIsSetUpByTheApplication() throws SQLException {
        HikariConfig other = new HikariConfig();
        other.setDataSource(server.dataSource);
        try (HikariDataSource pool = new HikariDataSource(other);
                Connection handle =
                        connected(new ManagedDataSource(pool, transactions.manager, transactions.registry))) {
            assertThat(adapter.control(handle)
                            .orElseThrow()
                            .describe(Set.of())
                            .orElseThrow()
                            .product())
                    .isEqualTo(Product.HIKARI);
        }
    }

    private ManagedDataSource start() {
        DataSource pool = new DataSource(setup);
        started = Optional.of(pool);
        return new ManagedDataSource(pool, transactions.manager, transactions.registry);
    }

    private Connection connected(ManagedDataSource dataSource) throws SQLException {
        Connection handle = dataSource.getConnection();
        adapter.connect(handle);
        return handle;
    }

    private int size() {
        return started.orElseThrow().getPool().getSize();
    }

    private Session session(int number) {
        return server.sessions.get(number);
    }
}
