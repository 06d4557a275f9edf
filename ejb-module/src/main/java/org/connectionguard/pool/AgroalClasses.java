/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is used of Agroal's own classes, looked up once. The same in 2.0, which WildFly has, and in 3.0.1. Immutable.
 *
 * @param handler of a handle: what the pool keeps of the connection
 * @param wrapped of a handle: the driver's connection, until it is closed
 * @param raw of a handler: the driver's connection
 * @param xaResource of a handler, if it has one
 * @param flushOnly of a handler that is lent: marks it, so that it is destroyed when it comes back
 * @param setState of a handler: from one to another, if it is in the first
 * @param pool of a handler
 * @param connectionPool the class of pools that keep connections
 * @param all of a pool: the handlers
 * @param remove of a pool: strikes a handler out, and destroys it on the pool's own thread
 * @param active of a pool: how many are lent
 * @param executor of a pool: the thread that connects, validates and closes for all
 * @param configuration of a pool
 * @param maxSize of a configuration
 * @param integration of a configuration: how it enlists
 * @param factory of a configuration: how connections are made
 * @param autocommit of that
 * @param idle a handler's state
 * @param doomed a handler's state
 */
record AgroalClasses(
        Member handler,
        Member wrapped,
        Member raw,
        Member xaResource,
        Member flushOnly,
        Member setState,
        Member pool,
        Class<?> connectionPool,
        Member all,
        Member remove,
        Member active,
        Member executor,
        Member configuration,
        Member maxSize,
        Member integration,
        Member factory,
        Member autocommit,
        Object idle,
        Object doomed) {
    /** Where the settings are. */
    static final String CONFIGURATION = "io.agroal.api.configuration.";

    /** Those that the class of handles belongs to. */
    static AgroalClasses of(Class<?> handle) throws ReflectiveOperationException {
        ClassLoader loader = handle.getClassLoader();
        Class<?> handler = Class.forName("io.agroal.pool.ConnectionHandler", false, loader);
        Class<?> state = Class.forName("io.agroal.pool.ConnectionHandler$State", false, loader);
        Class<?> pool = Class.forName("io.agroal.pool.Pool", false, loader);
        Class<?> connectionPool = Class.forName("io.agroal.pool.ConnectionPool", false, loader);
        Class<?> settings = Class.forName(CONFIGURATION + "AgroalConnectionPoolConfiguration", false, loader);
        Class<?> factory = Class.forName(CONFIGURATION + "AgroalConnectionFactoryConfiguration", false, loader);
        return new AgroalClasses(
                Member.method(handle, "getHandler"),
                Member.hiddenField(handle, "wrappedConnection"),
                Member.method(handler, "rawConnection"),
                Member.method(handler, "getXaResource"),
                Member.method(handler, "setFlushOnly"),
                Member.method(handler, "setState", state, state),
                Member.hiddenField(handler, "connectionPool"),
                connectionPool,
                Member.hiddenField(connectionPool, "allConnections"),
                Member.hiddenMethod(connectionPool, "removeFromPool", handler),
                Member.method(pool, "activeCount"),
                Member.hiddenField(connectionPool, "housekeepingExecutor"),
                Member.method(pool, "getConfiguration"),
                Member.method(settings, "maxSize"),
                Member.method(settings, "transactionIntegration"),
                Member.method(settings, "connectionFactoryConfiguration"),
                Member.method(factory, "autoCommit"),
                state.getField("CHECKED_IN").get(null),
                state.getField("FLUSH").get(null));
    }

    /** The handler behind a handle, which keeps it after it is closed; empty then. */
    Optional<Object> handlerOf(Connection handle) throws SQLException {
        Object found = handler.get(Object.class, handle);
        return rawOf(found) == wrapped.get(Connection.class, handle) ? Optional.of(found) : Optional.empty();
    }

    /** The driver's connection behind a handler. */
    Connection rawOf(Object connectionHandler) throws SQLException {
        return raw.get(Connection.class, connectionHandler);
    }
}
