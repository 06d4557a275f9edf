/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is used of HikariCP's own classes, looked up once. The same in 5.1 and 7.0. Immutable.
 *
 * @param delegate of a handle: the driver's connection, and once it is closed one that does nothing
 * @param autocommit of a handle: what its user asked for, and before that what the pool is set up to give
 * @param entry of a handle: what the pool keeps of the connection; it keeps it after it is closed
 * @param pool of an entry
 * @param connection of an entry: the driver's, until it is destroyed
 * @param evict of a pool: destroys the connection of a handle that is open
 * @param active of a pool: how many are lent
 * @param configuration of a pool
 * @param maxSize of a configuration
 * @param bag of a pool: the entries
 * @param inState of a bag: the entries in a state
 * @param reserve of a bag: takes an entry that is idle, so that nobody can borrow it
 * @param destroy of a pool: for an entry that is reserved; the close itself is made by a thread of the pool's
 * @param idle an entry's state
 */
record HikariClasses(
        Member delegate,
        Member autocommit,
        Member entry,
        Member pool,
        Member connection,
        Member evict,
        Member active,
        Member configuration,
        Member maxSize,
        Member bag,
        Member inState,
        Member reserve,
        Member destroy,
        int idle) {
    private static final String POOL = "com.zaxxer.hikari.pool.";
    private static final String BAG = "com.zaxxer.hikari.util.ConcurrentBag";

    /** Those that the class of handles belongs to. */
    static HikariClasses of(Class<?> handle) throws ReflectiveOperationException {
        ClassLoader loader = handle.getClassLoader();
        Class<?> entry = Class.forName(POOL + "PoolEntry", false, loader);
        Class<?> pool = Class.forName(POOL + "HikariPool", false, loader);
        Class<?> configuration = Class.forName("com.zaxxer.hikari.HikariConfig", false, loader);
        Class<?> bag = Class.forName(BAG, false, loader);
        Class<?> bagEntry = Class.forName(BAG + "$IConcurrentBagEntry", false, loader);
        return new HikariClasses(
                Member.hiddenField(handle, "delegate"),
                Member.hiddenField(handle, "isAutoCommit"),
                Member.hiddenField(handle, "poolEntry"),
                Member.hiddenField(entry, "hikariPool"),
                Member.hiddenField(entry, "connection"),
                Member.method(pool, "evictConnection", Connection.class),
                Member.method(pool, "getActiveConnections"),
                Member.hiddenField(Class.forName(POOL + "PoolBase", false, loader), "config"),
                Member.method(configuration, "getMaximumPoolSize"),
                Member.hiddenField(pool, "connectionBag"),
                Member.method(bag, "values", int.class),
                Member.method(bag, "reserve", bagEntry),
                Member.hiddenMethod(pool, "closeConnection", entry, String.class),
                bagEntry.getField("STATE_NOT_IN_USE").getInt(null));
    }

    /** The driver's connection behind a handle; empty once it is closed. */
    Optional<Connection> physicalOf(Connection handle) throws SQLException {
        Optional<Connection> found = delegate.find(Connection.class, handle);
        // Asked afterwards: it may be closed meanwhile.
        return Foreign.ask("Asking whether a handle is closed", handle::isClosed) ? Optional.empty() : found;
    }

    /** The pool that lent a handle. */
    Object poolOf(Connection handle) throws SQLException {
        return pool.get(Object.class, entry.get(Object.class, handle));
    }
}
