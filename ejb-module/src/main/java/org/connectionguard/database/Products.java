/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The products that we know. Stateless. */
public final class Products {
    private static final List<DatabaseProduct> KNOWN = List.of(new MySql(), new PostgreSql());

    private Products() {}

    /** The product behind a connection, without a round trip; empty: nobody knows it. */
    public static Optional<DatabaseProduct> of(Connection connection) throws SQLException {
        for (DatabaseProduct product : KNOWN) {
            if (product.serves(connection)) {
                return Optional.of(product);
            }
        }
        return Optional.empty();
    }

    /**
     * The product whose driver threw the exception: it is of a class of the driver's, or was made in one. Before the first
     * connection nothing else tells whose vendor code it is.
     */
    static Optional<DatabaseProduct> thatThrew(SQLException exception) {
        List<String> classes = Stream.concat(
                        Stream.of(exception.getClass().getName()),
                        Arrays.stream(exception.getStackTrace()).map(StackTraceElement::getClassName))
                .toList();
        return KNOWN.stream()
                .filter(product -> classes.stream().anyMatch(product::isDriver))
                .findFirst();
    }
}
