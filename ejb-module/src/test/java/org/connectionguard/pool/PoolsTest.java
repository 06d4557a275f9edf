/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.openejb.resource.jdbc.managed.local.ManagedDataSource;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private final FakeServer server = new FakeServer();
    private final Pools pools = new Pools();

    @Test
    void ironJacamarIsKnown() throws Exception {
        try (Connection handle =
                EmbeddedIronJacamar.of(server).start().dataSource.getConnection()) {
            assertThat(pools.of(handle)).isInstanceOf(IronJacamar.class).matches(pools::isKnown);
        }
    }

    @Test
    void hikariIsKnown() throws SQLException {
        HikariConfig setup = new HikariConfig();
        setup.setDataSource(server.dataSource);
        try (HikariDataSource dataSource = new HikariDataSource(setup);
                Connection handle = dataSource.getConnection()) {
            assertThat(pools.of(handle)).isInstanceOf(Hikari.class).matches(pools::isKnown);
        }
    }

    @Test
    void tomcatJdbcIsKnown() throws SQLException {
        PoolProperties setup = new PoolProperties();
        setup.setDataSource(server.dataSource);
        DataSource dataSource = new DataSource(setup);
        try (Connection handle = dataSource.getConnection()) {
            assertThat(pools.of(handle)).isInstanceOf(TomcatJdbc.class).matches(pools::isKnown);
        }
        dataSource.close(true);
    }

    @Test
    void tomEeIsKnown() throws SQLException {
        FakeTransactions transactions = new FakeTransactions();
        try (Connection handle =
                new ManagedDataSource(server.dataSource, transactions.manager, transactions.registry).getConnection()) {
            assertThat(pools.of(handle)).isInstanceOf(TomEe.class).matches(pools::isKnown);
        }
    }

    @Test
    void aHandleThatNeedsNotBeConnectedIsLeftAsItIs() throws SQLException {
        Connection handle = server.dataSource.getConnection();

        pools.of(handle).connect(handle);

        assertThat(server.sessions).hasSize(1);
    }

    /** Their classes are only in their servers. */
    @Test
    void exhaustionIsToldInTheWordsOfGlassFishAndLibertyToo() {
        String words = "Error in allocating a connection. Cause: In-use connections equal max-pool-size";
        assertThat(pools.isExhausted(new SQLException(words))).isTrue();
        assertThat(pools.isExhausted(new SQLException(new ConnectionWaitTimeoutException())))
                .isTrue();
    }

    /** Called like Liberty's. */
    private static final class ConnectionWaitTimeoutException extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void whoeverLendsAnotherHandleIsNot() throws SQLException {
        Connection handle = server.dataSource.getConnection();

        assertThat(pools.of(handle)).isInstanceOf(UnknownPool.class).matches(pool -> !pools.isKnown(pool));
    }

    @Test
    void theFirstThatKnowsTheHandleIsTaken() throws SQLException {
        Pool ours = new UnknownPool();
        Pools given = new Pools(List.of(new IronJacamar(), ours, new UnknownPool()));

        assertThat(given.of(server.dataSource.getConnection())).isSameAs(ours).matches(given::isKnown);
    }

    @Test
    void exhaustionIsToldInAnyKnownPoolsWords() {
        SQLException failure = new SQLException("no connection", new IllegalStateException("IJ000655: none available"));

        assertThat(pools.isExhausted(failure)).isTrue();
        assertThat(pools.isExhausted(new SQLException("no connection"))).isFalse();
        assertThat(new Pools(List.of()).isExhausted(failure)).isFalse();
    }
}
