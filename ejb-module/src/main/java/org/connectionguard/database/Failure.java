/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A throwable from a driver or a pool, searched through: its causes, and the causes and chained exceptions of those, since
 * pools and JPA providers wrap what the driver threw. Stateless.
 */
public final class Failure {
    private static final List<DatabaseProduct> PRODUCTS = List.of(new MySql());

    private Failure() {}

    /** What the first exception that any product knows says. */
    public static Meaning meaning(Throwable failure) {
        return sqlExceptions(failure)
                .flatMap(exception -> PRODUCTS.stream().flatMap(product -> product.meaning(exception).stream()))
                .findFirst()
                .orElse(Meaning.UNKNOWN);
    }

    /** Whether a connection was lost on the way to this failure (SQLState class 08 anywhere in it). */
    public static boolean isLostConnection(Throwable failure) {
        return sqlExceptions(failure)
                .anyMatch(exception -> exception.getSQLState() != null
                        && exception.getSQLState().startsWith("08"));
    }

    /** Whether a throwable in it satisfies the test. */
    public static boolean has(Throwable failure, Predicate<Throwable> test) {
        return all(failure).anyMatch(test);
    }

    /** For a message: the driver's own words on one line, with SQLState and vendor code, without the pool's wrapping. */
    public static String describe(Throwable failure) {
        Optional<SQLException> last = sqlExceptions(failure)
                .filter(exception -> exception.getSQLState() != null)
                .findFirst();
        Throwable told = last.isPresent() ? last.get() : root(failure);
        String words = String.valueOf(told.getMessage()).lines().findFirst().orElse("");
        String text = told.getClass().getSimpleName() + ": " + words;
        return last.map(exception ->
                        text + " (SQLState " + exception.getSQLState() + ", code " + exception.getErrorCode() + ")")
                .orElse(text);
    }

    /** The product behind a connection, if one of ours. */
    public static Optional<DatabaseProduct> product(Connection connection) throws SQLException {
        for (DatabaseProduct product : PRODUCTS) {
            if (product.serves(connection)) {
                return Optional.of(product);
            }
        }
        return Optional.empty();
    }

    private static Throwable root(Throwable failure) {
        return all(failure).reduce((first, second) -> second).orElse(failure);
    }

    private static Stream<SQLException> sqlExceptions(Throwable failure) {
        return all(failure).filter(SQLException.class::isInstance).map(SQLException.class::cast);
    }

    private static Stream<Throwable> all(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        Stream.Builder<Throwable> found = Stream.builder();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (seen.add(next)) {
                found.add(next);
                if (next.getCause() != null) {
                    open.add(next.getCause());
                }
                if (next instanceof SQLException exception && exception.getNextException() != null) {
                    open.add(exception.getNextException());
                }
            }
        }
        return found.build();
    }
}
