/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * What is used of IronJacamar's own classes beyond the handle's public methods, looked up once. Read in 3.0.18; where
 * another generation has them not, all of it is given up. Immutable.
 *
 * @param dataSource of a handle, until it is closed
 * @param managed of a handle, until it is closed: what the pool keeps of the connection
 * @param connection of the managed one: the driver's
 * @param manager of a data source
 * @param pool of a manager
 * @param withoutTransactions the class of managers of data sources with {@code jta=false}
 * @param permits of a pool: one for each connection that may be lent
 * @param factory of a pool: what makes its connections
 * @param listener of a pool, for a managed connection that is lent
 * @param subPools of a pool: one for each user, and more
 * @param dequePool the class of sub-pools that WildFly has by default
 * @param deque of such a one: what is idle
 * @param wrapped of a member of that: the listener
 * @param remove of such a sub-pool: strikes out a member that was taken out of the deque
 * @param flush of a sub-pool of another class: takes out what is idle, and leaves it to the caller to destroy it
 * @param listenersManaged of a listener: the managed connection
 * @param setState of a listener
 * @param destroy of a listener
 * @param xaFactory makes connections that take part in XA
 * @param localFactory makes connections that do not
 * @param idle how to flush: only what is idle
 * @param doomed the state of what is destroyed when it comes back
 */
record IronJacamarClasses(
        Member dataSource,
        Member managed,
        Member connection,
        Member manager,
        Member pool,
        Class<?> withoutTransactions,
        Member permits,
        Member factory,
        Member listener,
        Member subPools,
        Class<?> dequePool,
        Member deque,
        Member wrapped,
        Member remove,
        Member flush,
        Member listenersManaged,
        Member setState,
        Member destroy,
        Class<?> xaFactory,
        Class<?> localFactory,
        Object idle,
        Object doomed) {
    private static final String CORE = "org.jboss.jca.core.connectionmanager.";
    private static final String DEQUE_POOL = CORE + "pool.mcp.SemaphoreConcurrentLinkedDequeManagedConnectionPool";
    private static final String JDBC = "org.jboss.jca.adapters.jdbc.";

    /** Those that the class of handles belongs to. */
    static IronJacamarClasses of(Class<?> handle) throws ReflectiveOperationException {
        ClassLoader loader = handle.getClassLoader();
        Class<?> managed = Class.forName(JDBC + "BaseWrapperManagedConnection", false, loader);
        Class<?> manager = Class.forName(CORE + "ConnectionManager", false, loader);
        Class<?> pool = Class.forName(CORE + "pool.api.Pool", false, loader);
        Class<?> subPool = Class.forName(CORE + "pool.mcp.ManagedConnectionPool", false, loader);
        Class<?> dequePool = Class.forName(DEQUE_POOL, false, loader);
        Class<?> wrapper = Class.forName(DEQUE_POOL + "$ConnectionListenerWrapper", false, loader);
        Class<?> listener = Class.forName(CORE + "listener.ConnectionListener", false, loader);
        Class<?> state = Class.forName(CORE + "listener.ConnectionState", false, loader);
        Class<?> mode = Class.forName("org.jboss.jca.core.api.connectionmanager.pool.FlushMode", false, loader);
        Class<?> spi = Class.forName("jakarta.resource.spi.ManagedConnection", false, loader);
        return new IronJacamarClasses(
                Member.method(handle, "getDataSource"),
                Member.hiddenField(handle, "mc"),
                Member.hiddenField(managed, "con"),
                Member.hiddenField(Class.forName(JDBC + "WrapperDataSource", false, loader), "cm"),
                Member.method(manager, "getPool"),
                Class.forName(CORE + "NoTxConnectionManager", false, loader),
                Member.method(pool, "getLock"),
                Member.method(pool, "getManagedConnectionFactory"),
                Member.method(pool, "findConnectionListener", spi),
                Member.hiddenMethod(
                        Class.forName(CORE + "pool.AbstractPool", false, loader), "getManagedConnectionPools"),
                dequePool,
                Member.hiddenField(dequePool, "clq"),
                Member.hiddenMethod(wrapper, "getConnectionListener"),
                Member.hiddenMethod(dequePool, "removeConnectionListenerFromPool", wrapper),
                Member.method(subPool, "flush", mode, Collection.class),
                Member.method(listener, "getManagedConnection"),
                Member.method(listener, "setState", state),
                Member.method(listener, "destroy"),
                Class.forName(JDBC + "xa.XAManagedConnectionFactory", false, loader),
                Class.forName(JDBC + "local.LocalManagedConnectionFactory", false, loader),
                constant(mode, "IDLE"),
                constant(state, "DESTROY"));
    }

    /**
     * The driver's connection behind a handle.
     *
     * @throws SQLException when it is closed
     */
    Connection physicalOf(Connection handle) throws SQLException {
        return physical(managed.get(Object.class, handle));
    }

    private Connection physical(Object managedConnection) throws SQLException {
        return connection.get(Connection.class, managedConnection);
    }

    /** The driver's connection behind what the pool lends, or has idle. */
    Connection physicalOfListener(Object connectionListener) throws SQLException {
        return physical(listenersManaged.get(Object.class, connectionListener));
    }

    private static Object constant(Class<?> type, String name) throws ReflectiveOperationException {
        return type.getField(name).get(null);
    }
}
