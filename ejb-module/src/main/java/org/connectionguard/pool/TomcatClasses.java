/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is used of tomcat-jdbc's own classes, looked up once. The same in 10.0, which TomEE 9 has, and in 10.1. Immutable.
 *
 * @param next of an interceptor: the one behind it, if any
 * @param last the class of the last interceptor, which knows the pool
 * @param connection of the last one: what the pool keeps of the connection, until the handle is closed
 * @param pool of the last one
 * @param physical of what the pool keeps: the driver's connection, until it is destroyed
 * @param discard of what the pool keeps: marks it, so that it is destroyed when it comes back
 * @param settings of a pool
 * @param maxActive of settings
 * @param autocommit of settings, if something is set
 * @param size of a pool: how many connections it has, or is making
 * @param idle of a pool: the queue of what is idle
 * @param release of a pool: destroys what is in neither queue
 */
record TomcatClasses(
        Member next,
        Class<?> last,
        Member connection,
        Member pool,
        Member physical,
        Member discard,
        Member settings,
        Member maxActive,
        Member autocommit,
        Member size,
        Member idle,
        Member release) {
    private static final String PACKAGE = "org.apache.tomcat.jdbc.pool.";

    /** Those that the class of interceptors belongs to. */
    static TomcatClasses of(Class<?> interceptor) throws ReflectiveOperationException {
        ClassLoader loader = interceptor.getClassLoader();
        Class<?> last = Class.forName(PACKAGE + "ProxyConnection", false, loader);
        Class<?> pooled = Class.forName(PACKAGE + "PooledConnection", false, loader);
        Class<?> pool = Class.forName(PACKAGE + "ConnectionPool", false, loader);
        Class<?> settings = Class.forName(PACKAGE + "PoolConfiguration", false, loader);
        return new TomcatClasses(
                Member.method(interceptor, "getNext"),
                last,
                Member.method(last, "getConnection"),
                Member.method(last, "getPool"),
                Member.method(pooled, "getConnection"),
                Member.method(pooled, "setDiscarded", boolean.class),
                Member.method(pool, "getPoolProperties"),
                Member.method(settings, "getMaxActive"),
                Member.method(settings, "getDefaultAutoCommit"),
                Member.method(pool, "getSize"),
                Member.hiddenField(pool, "idle"),
                Member.hiddenMethod(pool, "release", pooled));
    }

    /** The last interceptor behind a handle; empty once that is closed. */
    Optional<Object> lastOf(Object interceptor) throws SQLException {
        Optional<Object> found = Optional.of(interceptor);
        while (found.isPresent() && !last.isInstance(found.get())) {
            found = next.find(Object.class, found.get());
        }
        return found;
    }

    /** What the pool keeps of the connection behind a handle; empty once that is closed. */
    Optional<Object> pooledOf(Object interceptor) throws SQLException {
        Optional<Object> found = lastOf(interceptor);
        return found.isPresent() ? connection.find(Object.class, found.get()) : Optional.empty();
    }

    /** The driver's connection behind what the pool keeps; empty once it is destroyed. */
    Optional<Connection> physicalOf(Object pooled) throws SQLException {
        return physical.find(Connection.class, pooled);
    }
}
