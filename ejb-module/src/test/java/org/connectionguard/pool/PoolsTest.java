/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
