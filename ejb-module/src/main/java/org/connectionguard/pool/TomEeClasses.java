/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is used of TomEE's own classes, looked up once. Read in 9.0.0. Immutable.
 *
 * @param delegate of what answers for a handle: the pool's handle, once there is one
 * @param xaConnection of what answers for a handle, if its pool gave one; the delegate comes out of it
 */
record TomEeClasses(Member delegate, Member xaConnection) {
    /** Those of the class of what answers for handles. */
    static TomEeClasses of(Class<?> managed) throws ReflectiveOperationException {
        return new TomEeClasses(Member.hiddenField(managed, "delegate"), Member.hiddenField(managed, "xaConnection"));
    }

    /** Whether the connection takes part in XA. */
    boolean isXa(Object managed) throws SQLException {
        return xaConnection.find(Object.class, managed).isPresent();
    }

    /** The pool's handle; empty as long as nothing was asked of TomEE's. */
    Optional<Connection> pooledOf(Object managed) throws SQLException {
        // With tomcat-jdbc, the pool's handle is both, and what it gives as the connection is the driver's.
        Optional<Connection> both = xaConnection
                .find(Object.class, managed)
                .filter(Connection.class::isInstance)
                .map(Connection.class::cast);
        return both.isPresent() ? both : delegate.find(Connection.class, managed);
    }
}
