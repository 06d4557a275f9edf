/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.connectionguard.message.Words;

/**
 * A throwable from a driver or a pool, searched through: its causes, and the causes and chained exceptions of those, since
 * pools and JPA providers wrap what the driver threw. Stateless.
 */
public final class Failure {
    /** What the SQL standard's classes of SQLState say: connection, authorization, catalog name. */
    private static final Map<String, Meaning> BY_CLASS =
            Map.of("08", Meaning.TRANSIENT, "28", Meaning.PERMANENT, "3D", Meaning.PERMANENT);

    private Failure() {}

    /**
     * What it says: a vendor code in the words of the product to which it belongs, else the SQLState's class.
     *
     * @param learnt the product that the data source is known to lead to
     */
    public static Meaning meaning(Throwable failure, Optional<DatabaseProduct> learnt) {
        List<SQLException> exceptions = sqlExceptions(failure).toList();
        return exceptions.stream()
                .flatMap(
                        exception -> product(exception, learnt).flatMap(product -> product.meaning(exception)).stream())
                .findFirst()
                .or(() -> exceptions.stream()
                        .flatMap(exception -> standardMeaning(exception).stream())
                        .findFirst())
                .orElse(Meaning.UNKNOWN);
    }

    /**
     * Whether a connection was lost on the way to this failure. None was where only a new one could not be had, from this
     * pool or past it.
     *
     * @param learnt the product that the data source is known to lead to
     */
    public static boolean isLostConnection(Throwable failure, Optional<DatabaseProduct> learnt) {
        return sqlExceptions(failure)
                .filter(exception -> !isOfConnecting(exception))
                .anyMatch(exception -> state(exception).startsWith("08")
                        || exception instanceof SQLRecoverableException
                        || product(exception, learnt)
                                .filter(product -> product.isLostConnection(exception))
                                .isPresent());
    }

    /** Whether a throwable in it satisfies the test. */
    public static boolean has(Throwable failure, Predicate<Throwable> test) {
        return all(failure).anyMatch(test);
    }

    /**
     * For a message: the driver's own words on one line, with SQLState and vendor code, without the pool's wrapping, and
     * without user, password and options of a connection URL.
     */
    public static String describe(Throwable failure) {
        Optional<SQLException> last = sqlExceptions(failure)
                .filter(exception -> exception.getSQLState() != null)
                .findFirst();
        Throwable told = last.isPresent() ? last.get() : root(failure);
        String text = Words.of(told);
        return last.map(exception ->
                        text + " (SQLState " + exception.getSQLState() + ", code " + exception.getErrorCode() + ")")
                .orElse(text);
    }

    /** The driver's own exception tells more surely whose it is than what was learnt of another connection. */
    private static Optional<DatabaseProduct> product(SQLException exception, Optional<DatabaseProduct> learnt) {
        return Products.thatThrew(exception).or(() -> learnt);
    }

    private static Optional<Meaning> standardMeaning(SQLException exception) {
        String state = state(exception);
        return Optional.ofNullable(BY_CLASS.get(state.substring(0, Math.min(2, state.length()))));
    }

    /**
     * Whether a new connection was tried: 08001 and 08004 say so; drivers that have 08S01 or 08006 for this too, as MySQL's
     * and PostgreSQL's, threw it in their {@link java.sql.Driver#connect}.
     */
    private static boolean isOfConnecting(SQLException exception) {
        return Set.of("08001", "08004").contains(state(exception))
                || Arrays.stream(exception.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("connect")
                                && frame.getClassName().endsWith("Driver"));
    }

    private static String state(SQLException exception) {
        return Optional.ofNullable(exception.getSQLState()).orElse("");
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
