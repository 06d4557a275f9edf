/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What one database product means. Implementations are stateless, for any thread. */
public interface DatabaseProduct {
    /** Whether a class belongs to one of its drivers. */
    boolean isDriver(String className);

    /** Whether a connection is to this product; decided from what the driver knows already, without a round trip. */
    boolean serves(Connection connection) throws SQLException;

    /** What the exception's vendor code or SQLState says, where this product means more by it than the SQL standard. */
    Optional<Meaning> meaning(SQLException exception);

    /** Whether the exception says that the connection is gone on which it was thrown, and its SQLState does not say so. */
    boolean isLostConnection(SQLException exception);

    /**
     * The statement that proves a connection alive: where it has a row, that is one number, which is not zero where the
     * connection is fit. Not to be kept for another connection, which may lead to another version. Empty:
     * {@link Connection#isValid} proves as much; or nobody can tell whether the server takes writes.
     *
     * @param connection tells what it can without a round trip
     * @param writable whether it is to tell too that the server takes writes
     */
    Optional<String> validationQuery(Connection connection, boolean writable) throws SQLException;

    /** What the server says of itself, for the doctor; two round trips. */
    ServerFacts facts(Connection connection) throws SQLException;
}
