/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is used of the JDBC feature's classes, looked up once. Read in Open Liberty 26.0.0.5. Immutable.
 *
 * @param physical of a handle: the driver's connection, as long as one is associated with it
 * @param managed of a handle: what the pool keeps of the connection, as long as that is
 * @param session of what the pool keeps: the driver's connection
 * @param listener of what the pool keeps: holds what belongs to the pool
 */
record LibertyClasses(Member physical, Member managed, Member session, Member listener) {
    /** Those that the class of handles belongs to. */
    static LibertyClasses of(Class<?> handle) throws ReflectiveOperationException {
        Class<?> managed =
                Class.forName("com.ibm.ws.rsadapter.impl.WSRdbManagedConnectionImpl", false, handle.getClassLoader());
        return new LibertyClasses(
                Member.hiddenField(handle, "connImpl"),
                Member.hiddenField(handle, "managedConn"),
                Member.hiddenField(managed, "sqlConn"),
                Member.hiddenField(managed, "eventListenerRef"));
    }

    /** The driver's connection behind a handle; empty once it is closed, and while it has none. */
    Optional<Connection> physicalOf(Object handle) throws SQLException {
        return physical.find(Connection.class, handle);
    }

    /** What belongs to the pool behind a handle, if anything. */
    Optional<Object> listenerOf(Object handle) throws SQLException {
        Object managedConnection = managed.get(Object.class, handle);
        return Optional.ofNullable(
                listener.get(AtomicReference.class, managedConnection).get());
    }
}
