/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What one database product means. Implementations are stateless, for any thread. */
public interface DatabaseProduct {
    /** What the exception says, if this product knows its SQLState or vendor code. */
    Optional<Meaning> meaning(SQLException exception);

    /** Whether a connection is to this product; decided from what the driver knows already, without a round trip. */
    boolean serves(Connection connection) throws SQLException;

    /**
     * The query that both proves the connection alive and tells whether the server takes writes: one row, one number,
     * zero for yes.
     */
    String writableQuery(Connection connection) throws SQLException;
}
