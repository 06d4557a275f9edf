/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.connectionguard.database.Failure;

/**
 * The pools of Open Liberty.
 *
 * <p>A handle that is aborted tells the pool so, which then destroys that connection alone. After any other fatal error it
 * purges what its {@code purgePolicy} says: with the default one, what is idle at once, and what is lent when it comes back.
 */
final class Liberty implements Pool {
    /** Evicts by the handle's public methods. */
    private static final Pool PORTABLE = new UnknownPool();

    private final HandleClass<LibertyClasses> handles =
            new HandleClass<>("com.ibm.ws.rsadapter.jdbc.WSJdbcConnection", LibertyClasses::of);
    private final HandleClass<LibertyPoolClasses> listeners =
            new HandleClass<>("com.ibm.ejs.j2c.ConnectionEventListener", LibertyPoolClasses::of);

    @Override
    public boolean lent(Connection handle) {
        return handles.find(HandleClass.behind(handle)).isPresent();
    }

    @Override
    public Optional<Connection> physical(Connection handle) {
        try {
            Object behind = HandleClass.behind(handle);
            return handles.get(behind).physicalOf(behind);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /**
     * The handle knows: the driver's own connection has autocommit off after a transaction, and gets it on again with the
     * first statement.
     */
    @Override
    public boolean hasLostAutocommit(Connection handle) throws SQLException {
        return !Foreign.ask("Asking for autocommit", handle::getAutoCommit);
    }

    @Override
    public void evict(Connection handle) throws SQLException {
        PORTABLE.evict(handle);
    }

    @Override
    public Optional<PoolControl> control(Connection handle) {
        try {
            Object behind = HandleClass.behind(handle);
            LibertyClasses classes = handles.get(behind);
            Optional<Object> listener = classes.listenerOf(behind);
            Optional<LibertyDataSource> setUp =
                    LibertyDataSource.of(classes.managed().get(Object.class, behind));
            return listener.isPresent() ? Optional.of(pool(classes, listener.get(), setUp)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private LibertyPool pool(LibertyClasses classes, Object listener, Optional<LibertyDataSource> setUp)
            throws SQLException {
        LibertyPoolClasses behind = listeners.get(listener);
        Object entry = behind.entry().get(Object.class, listener);
        return new LibertyPool(classes, behind, behind.pool().get(Object.class, entry), setUp);
    }

    @Override
    public boolean isExhausted(Throwable failure) {
        return Failure.has(failure, part -> part.getClass().getSimpleName().equals("ConnectionWaitTimeoutException"));
    }
}
