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
     * The statement that proves a connection alive: where it has a row, that is one number, which is not zero where the
     * connection is fit. Empty: {@link Connection#isValid} proves as much.
     *
     * @param connection tells what it can without a round trip
     * @param writable whether it is to tell too that the server takes writes
     */
    Optional<String> validationQuery(Connection connection, boolean writable) throws SQLException;

    /** What the server says of itself, for the doctor; two round trips. */
    ServerFacts facts(Connection connection) throws SQLException;
}
