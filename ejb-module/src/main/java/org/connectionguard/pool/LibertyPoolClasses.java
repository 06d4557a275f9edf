/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is used of the connection manager's classes, looked up once. They are in another bundle than the handles are. Read in
 * Open Liberty 26.0.0.5. Immutable.
 *
 * @param entry of a listener: what the pool keeps of a connection
 * @param pool of an entry
 * @param managed of an entry: what the JDBC feature knows of the connection
 * @param settings of a pool
 * @param maxSize of settings; zero: as many as anybody asks for
 * @param support of settings: how it enlists
 * @param size of a pool: how many entries there are
 * @param parts of a pool: where the idle entries are
 * @param idle of a part: its entries
 * @param lock of a part: to be held while they are looked through
 * @param take of a part: takes an entry out, if it is there
 * @param destroy of a part: an entry that is taken out
 * @param forget of a part: settles the numbers after that. Its four flags: the entry is still there to be taken out (no),
 *     the part is to be locked (yes), nobody who waits is to be told (no), the pool has one entry less (yes)
 */
record LibertyPoolClasses(
        Member entry,
        Member pool,
        Member managed,
        Member settings,
        Member maxSize,
        Member support,
        Member size,
        Member parts,
        Member idle,
        Member lock,
        Member take,
        Member destroy,
        Member forget) {
    private static final String PACKAGE = "com.ibm.ejs.j2c.";

    /** Those that the class of listeners belongs to. */
    static LibertyPoolClasses of(Class<?> listener) throws ReflectiveOperationException {
        ClassLoader loader = listener.getClassLoader();
        Class<?> entry = Class.forName(PACKAGE + "MCWrapper", false, loader);
        Class<?> anyEntry = Class.forName("com.ibm.ws.j2c.MCWrapper", false, loader);
        Class<?> pool = Class.forName(PACKAGE + "PoolManager", false, loader);
        Class<?> part = Class.forName(PACKAGE + "FreePool", false, loader);
        Class<?> settings = Class.forName(PACKAGE + "J2CGlobalConfigProperties", false, loader);
        Class<?> flag = boolean.class;
        return new LibertyPoolClasses(
                Member.method(listener, "getMcWrapper"),
                Member.method(entry, "getPoolManager"),
                Member.method(anyEntry, "getManagedConnectionWithoutStateCheck"),
                Member.method(pool, "getGConfigProps"),
                Member.method(settings, "getMaxConnections"),
                Member.hiddenField(settings, "transactionSupport"),
                Member.hiddenField(pool, "totalConnectionCount"),
                Member.hiddenField(pool, "freePool"),
                Member.hiddenField(part, "mcWrapperList"),
                Member.hiddenField(part, "freeConnectionLockObject"),
                Member.hiddenMethod(part, "removeMCWrapperFromList", anyEntry),
                Member.hiddenMethod(part, "cleanupAndDestroyMCWrapper", anyEntry),
                Member.hiddenMethod(part, "removeMCWrapperFromList", anyEntry, flag, flag, flag, flag));
    }

    /** What is idle in a part now. */
    List<Object> idleIn(Object part) throws SQLException {
        synchronized (lock.get(Object.class, part)) {
            List<?> entries = idle.get(List.class, part);
            return new ArrayList<>(entries);
        }
    }
}
