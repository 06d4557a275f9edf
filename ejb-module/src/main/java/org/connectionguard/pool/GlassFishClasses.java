/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is used of the JDBC resource adapter's classes, looked up once. Read in GlassFish 7.0 and 8.0 and in Payara 6, which
 * have them in common. Immutable.
 *
 * @param physical of a handle: the driver's connection; it keeps it after it is closed
 * @param managed of a handle: what the pool keeps of the connection
 * @param session of what the pool keeps: the driver's connection; where it is XA, only while it is lent
 * @param autocommit of what the pool keeps: whether the pool gives it out with autocommit on
 * @param listener of what the pool keeps: it belongs to the pool
 * @param factory of what the pool keeps
 * @param name of a factory: the pool's, with the application's and the module's where it belongs to those
 */
record GlassFishClasses(
        Member physical,
        Member managed,
        Member session,
        Member autocommit,
        Member listener,
        Member factory,
        Member name) {
    private static final String SPI = "com.sun.gjc.spi.";

    /** Those that the class of handles belongs to. */
    static GlassFishClasses of(Class<?> handle) throws ReflectiveOperationException {
        ClassLoader loader = handle.getClassLoader();
        Class<?> managed = Class.forName(SPI + "ManagedConnectionImpl", false, loader);
        Class<?> factory = Class.forName(SPI + "ManagedConnectionFactoryImpl", false, loader);
        return new GlassFishClasses(
                Member.method(handle, "getConnection"),
                Member.method(handle, "getManagedConnection"),
                Member.hiddenField(managed, "actualConnection"),
                Member.hiddenField(managed, "defaultAutoCommitValue"),
                Member.hiddenField(managed, "listener"),
                Member.method(managed, "getManagedConnectionFactory"),
                Member.hiddenMethod(factory, "getPoolInfo"));
    }

    /** The driver's connection behind a handle; empty once it is closed. */
    Optional<Connection> physicalOf(Connection handle) throws SQLException {
        Optional<Connection> found = physical.find(Connection.class, handle);
        // Asked afterwards: it may be closed meanwhile.
        return Foreign.ask("Asking whether a handle is closed", handle::isClosed) ? Optional.empty() : found;
    }
}
