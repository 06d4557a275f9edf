/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.connectionguard.pool.FakeServer.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The adapters for pools that are in their servers only, where they meet a handle that is not theirs. */
class ServersOwnPoolsTest {
    private final FakeServer server = new FakeServer();

    static Stream<Pool> adapters() {
        return Stream.of(new GlassFish(), new Liberty());
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anothersHandleIsNotTheirs(Pool adapter) throws SQLException {
        Connection other = server.dataSource.getConnection();

        assertThat(adapter.lent(other)).isFalse();
        assertThat(adapter.physical(other)).isEmpty();
        assertThat(adapter.control(other)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void whateverHandleItIsItIsCutOffAndClosed(Pool adapter) throws SQLException {
        Connection other = server.dataSource.getConnection();

        assertThat(adapter.evictWithSiblings(other)).isFalse();

        Session session = server.sessions.get(0);
        assertThat(session.aborted).isTrue();
        assertThat(session.closed).isTrue();
    }
}
