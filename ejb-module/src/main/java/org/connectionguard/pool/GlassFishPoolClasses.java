/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * What is used of the connector runtime's classes, looked up once. They are in another module than the handles are. Read in
 * GlassFish 7.0 and 8.0 and in Payara 6, which name one field differently. Immutable.
 *
 * @param runtime of the server, and of nothing
 * @param manager of the runtime
 * @param pool of a manager, by its name
 * @param maxSize of a pool
 * @param entries of a pool, if it keeps any
 * @param size of entries: how many there are
 * @param idle of entries: how many of them are not lent
 * @param take of entries: an idle one, as if it were to be lent; nothing, if there is none
 * @param destroy of entries: one that is taken
 * @param managed of an entry: what the resource adapter knows of the connection
 * @param transactional of an entry: whether it enlists
 * @param specification of an entry: how it was asked for
 * @param enlisted of an entry: whether it is part of a transaction
 * @param outside of a specification: whether it was asked for outside of transactions
 * @param xa of a specification
 * @param countsAtOnce whether the numbers of entries can be had while somebody connects: before 7.0.7 that waits for the same lock
 * @param bearsInterruption whether who waits for the pool may be interrupted: in GlassFish 8 he goes on
 */
record GlassFishPoolClasses(
        Member runtime,
        Member manager,
        Member pool,
        Member maxSize,
        Member entries,
        Member size,
        Member idle,
        Member take,
        Member destroy,
        Member managed,
        Member transactional,
        Member specification,
        Member enlisted,
        Member outside,
        Member xa,
        boolean countsAtOnce,
        boolean bearsInterruption) {
    private static final String RESOURCE = "com.sun.enterprise.resource.";

    /** Those that the class of listeners belongs to. */
    static GlassFishPoolClasses of(Class<?> listener) throws ReflectiveOperationException {
        ClassLoader loader = listener.getClassLoader();
        Class<?> runtime = Class.forName("com.sun.enterprise.connectors.ConnectorRuntime", false, loader);
        Class<?> name = Class.forName("org.glassfish.resourcebase.resources.api.PoolInfo", false, loader);
        Class<?> manager = Class.forName(RESOURCE + "pool.PoolManager", false, loader);
        Class<?> pool = Class.forName(RESOURCE + "pool.ConnectionPool", false, loader);
        Class<?> entries = Class.forName(RESOURCE + "pool.datastructure.DataStructure", false, loader);
        Class<?> entry = Class.forName(RESOURCE + "ResourceHandle", false, loader);
        Class<?> specification = Class.forName(RESOURCE + "ResourceSpec", false, loader);
        return new GlassFishPoolClasses(
                Member.method(runtime, "getRuntime"),
                Member.method(runtime, "getPoolManager"),
                Member.method(manager, "getPool", name),
                Member.method(pool, "getMaxPoolSize"),
                entriesOf(pool),
                Member.method(entries, "getResourcesSize"),
                Member.method(entries, "getFreeListSize"),
                Member.method(entries, "getResource"),
                Member.method(entries, "removeResource", entry),
                Member.method(entry, "getResource"),
                Member.method(entry, "isTransactional"),
                Member.method(entry, "getResourceSpec"),
                Member.method(entry, "isEnlisted"),
                Member.method(specification, "isNonTx"),
                Member.method(specification, "isXA"),
                !connectsUnderLock(pool, loader),
                Arrays.stream(pool.getDeclaredMethods())
                        .noneMatch(method -> method.getName().equals("queueForResource")));
    }

    private static boolean connectsUnderLock(Class<?> pool, ClassLoader loader) throws ClassNotFoundException {
        Class<?> entries = Class.forName(RESOURCE + "pool.datastructure.RWLockDataStructure", false, loader);
        // Payara has that lock too, and connects without it.
        return isGlassFishs(pool)
                && Arrays.stream(entries.getDeclaredFields())
                        .anyMatch(field -> ReadWriteLock.class.isAssignableFrom(field.getType()));
    }

    private static boolean isGlassFishs(Class<?> pool) {
        return Arrays.stream(pool.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("dataStructure"));
    }

    private static Member entriesOf(Class<?> pool) throws NoSuchFieldException {
        return Member.hiddenField(pool, isGlassFishs(pool) ? "dataStructure" : "ds");
    }

    /** What the server's configuration has of a pool, if anything. */
    Optional<Object> configured(Object connectionPool) throws SQLException {
        Object runtimeOfAll = runtime.get(Object.class, Optional.empty());
        Object name = new Getters(connectionPool.getClass(), connectionPool)
                .find("getPoolInfo")
                .orElseThrow(() -> new SQLException("The pool has no name"));
        return Foreign.ask(
                        "Looking for the configuration",
                        () -> Member.method(runtimeOfAll.getClass(), "getConnectionPoolConfig", name.getClass()))
                .find(Object.class, runtimeOfAll, name);
    }

    /** The pool of a name, if there is one that keeps connections. */
    Optional<Object> find(Object name) throws SQLException {
        // The method is static, and needs no object.
        Object managerOfAll = manager.get(Object.class, runtime.get(Object.class, Optional.empty()));
        Optional<Object> found = pool.find(Object.class, managerOfAll, name);
        return found.isPresent() && entries.find(Object.class, found.get()).isPresent() ? found : Optional.empty();
    }
}
