/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.database.Failure;

/**
 * HikariCP, which applications bring along.
 *
 * <p>A handle that is aborted and closed goes back into the pool with its connection dead, and for half a second the pool
 * lends that without asking it; so the pool is told to evict it. A handle that is closed already must never be: the
 * connection behind it may be another user's by then.
 */
final class Hikari implements Pool {
    private final HandleClass<HikariClasses> handles =
            new HandleClass<>("com.zaxxer.hikari.pool.ProxyConnection", HikariClasses::of);

    @Override
    public boolean lent(Connection handle) {
        return handles.find(handle).isPresent();
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            return handles.get(handle).physicalOf(handle);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The pool restores what was changed through its handles; it may be set up to have it off. */
    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        HikariClasses classes = handles.get(handle);
        Connection physical = classes.physicalOf(handle).orElseThrow(() -> new SQLException("The handle is closed"));
        return classes.autocommit().get(Boolean.class, handle)
                && !Foreign.ask("Asking for autocommit", physical::getAutoCommit);
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            try (handle) {
                HikariClasses classes = handles.get(handle);
                if (!handle.isClosed()) {
                    classes.evict().call(classes.poolOf(handle), handle);
                }
            }
        });
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        try {
            HikariClasses classes = handles.get(handle);
            return classes.physicalOf(handle).isPresent()
                    ? Optional.of(new HikariPool(classes, classes.poolOf(handle)))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /**
     * The same words are said while the database is down; then they have the last failure to connect as their cause. Where
     * nothing is lent either, a connect is silent.
     */
    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(failure, part -> {
            String words = String.valueOf(part.getMessage());
            return part.getCause() == null
                    && words.contains("Connection is not available, request timed out after")
                    && !words.contains("(total=0,");
        });
    }
}
