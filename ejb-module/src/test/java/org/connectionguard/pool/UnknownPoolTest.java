/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The portable treatment: whatever driver and pool throw, the handle is closed; and on pools without an adapter. */
class UnknownPoolTest {
    private final UnknownPool adapter = new UnknownPool();
    private final FakeServer server = new FakeServer();

    /** What was done to the handle. */
    private final List<String> calls = new ArrayList<>();

    private Optional<Throwable> abortThrows = Optional.empty();
    private Optional<Throwable> closeThrows = Optional.empty();

    private final Connection handle = FakeServer.proxy(Connection.class, (proxy, method, arguments) -> {
        calls.add(method.getName());
        Optional<Throwable> thrown = switch (method.getName()) {
            case "abort" -> abortThrows;
            case "close" -> closeThrows;
            default -> throw new UnsupportedOperationException(method.getName());
        };
        if (thrown.isPresent()) {
            throw thrown.get();
        }
        return null;
    });

    @Test
    void anyHandleIsTaken() {
        assertThat(adapter.lent(handle)).isTrue();
    }

    @Test
    void nothingIsToldThatNobodyKnows() {
        assertThat(adapter.physical(handle)).isEmpty();
        assertThat(adapter.control(handle)).isEmpty();
        assertThat(adapter.hasLostAutocommit(handle)).isFalse();
        assertThat(adapter.isExhausted(new SQLException("exhausted"))).isFalse();
        assertThat(calls).isEmpty();
    }

    @Test
    void theLineIsCutBeforeTheHandleIsClosed() throws SQLException {
        assertThat(adapter.evictWithSiblings(handle)).isFalse();

        assertThat(calls).containsExactly("abort", "close");
    }

    static Stream<Throwable> whatDriversThrow() {
        return Stream.of(
                new UnsupportedOperationException(),
                new AbstractMethodError("abort"),
                new SecurityException("callAbort"),
                new NullPointerException());
    }

    @ParameterizedTest
    @MethodSource("whatDriversThrow")
    void aHandleThatCannotBeAbortedIsClosedAllTheSame(Throwable thrown) {
        abortThrows = Optional.of(thrown);

        assertThatThrownBy(() -> adapter.evict(handle))
                .isInstanceOf(SQLException.class)
                .hasCause(thrown);

        assertThat(calls).containsExactly("abort", "close");
    }

    @ParameterizedTest
    @MethodSource("whatDriversThrow")
    void whatCloseThrowsComesOutAsAnSqlException(Throwable thrown) {
        closeThrows = Optional.of(thrown);

        assertThatThrownBy(() -> adapter.evict(handle))
                .isInstanceOf(SQLException.class)
                .hasCause(thrown);
    }

    @Test
    void whatAbortThrewIsNotLostWhenCloseThrowsToo() {
        SQLException first = new SQLException("abort");
        SQLException second = new SQLException("close");
        abortThrows = Optional.of(first);
        closeThrows = Optional.of(second);

        assertThatThrownBy(() -> adapter.evict(handle)).isSameAs(first).hasSuppressedException(second);
    }

    @Test
    void theEndOfTheVirtualMachineIsNotHidden() {
        OutOfMemoryError end = new OutOfMemoryError("test");
        abortThrows = Optional.of(end);

        assertThatThrownBy(() -> adapter.evict(handle)).isSameAs(end);

        assertThat(calls).containsExactly("abort", "close");
    }

    @Test
    void onHikariItsSlotIsFree() throws SQLException {
        HikariConfig setup = new HikariConfig();
        setup.setDataSource(server.dataSource);
        setup.setMaximumPoolSize(1);
        try (HikariDataSource dataSource = new HikariDataSource(setup)) {
            Connection borrowed = dataSource.getConnection();

            adapter.evict(borrowed);

            assertThat(borrowed.isClosed()).isTrue();
            assertThat(dataSource.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(server.sessions.get(0).aborted).isTrue();
        }
    }
}
