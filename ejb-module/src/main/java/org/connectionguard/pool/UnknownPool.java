/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A pool that no adapter knows: {@code abort}, then {@code close}, which most pools take as the end of the connection. No
 * identity, so that pinning validates a second time; no sweep, so that dead siblings are found one by one.
 */
final class UnknownPool implements Pool {
    @Override
    public boolean lent(Connection handle) {
        return true;
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        return Optional.empty();
    }

    @Override
    public boolean hasLostAutocommit(Connection handle) {
        return false;
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        Foreign.call("Evicting a connection", () -> {
            try (handle) {
                handle.abort(Runnable::run);
            }
        });
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        return Optional.empty();
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return false;
    }
}
