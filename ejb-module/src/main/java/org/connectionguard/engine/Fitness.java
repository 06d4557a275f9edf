/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.connectionguard.config.Settings;
import org.connectionguard.database.DatabaseProduct;
import org.connectionguard.database.Failure;
import org.connectionguard.database.Meaning;
import org.connectionguard.database.Products;
import org.connectionguard.engine.Outcome.Fault;
import org.connectionguard.engine.Outcome.Fault.Kind;
import org.connectionguard.engine.Outcome.Finding;
import org.connectionguard.message.Messages;

/**
 * What a job may expect of a connection: alive, not too old, its autocommit as it should be, and where demanded to a server
 * that accepts writes. One round trip, and a second one only where the first says nothing clear. Immutable; called on a
 * question's own thread, where a driver may block it.
 */
record Fitness(Validations validations, Time time) {
    /**
     * What came of looking at a connection.
     *
     * @param fault what is wrong with it
     * @param uncheckable what the product is called, where writes were demanded and nobody knows how to ask for them
     */
    record Look(Optional<Fault> fault, Optional<String> uncheckable, Finding finding) {
        private static Look fault(Kind kind, String why) {
            return new Look(Optional.of(new Fault(kind, why)), Optional.empty(), Finding.NOTHING);
        }
    }

    /**
     * Looks at a connection.
     *
     * @param forgiving whether what is the connection's own fault is let pass
     * @throws SQLException when the server refuses us on it, and waiting does not help
     */
    Look at(
            Borrowed borrowed,
            Optional<Connection> physical,
            Settings settings,
            boolean inTransaction,
            boolean forgiving)
            throws SQLException {
        Optional<DatabaseProduct> product = Optional.empty();
        boolean flawless = false;
        try {
            // Inside a transaction it is too late for what is wrong with this one connection only.
            Optional<Fault> own = inTransaction ? Optional.empty() : ownFault(borrowed, physical, settings);
            if (own.isPresent() && !forgiving) {
                return new Look(own, Optional.empty(), Finding.NOTHING);
            }
            flawless = !inTransaction && own.isEmpty();
            Connection asked = asked(borrowed, physical, settings, inTransaction);
            product = Products.of(asked);
            Optional<String> query =
                    product.isPresent() ? product.get().validationQuery(asked, settings.writable()) : Optional.empty();
            if (settings.writable() && query.isEmpty()) {
                return new Look(
                        Optional.empty(), Optional.of(asked.getMetaData().getDatabaseProductName()), Finding.NOTHING);
            }
            if (query.isEmpty()) {
                return valid(asked, settings, product, flawless, Optional.empty());
            }
            return answers(asked, query.get())
                    ? fit(product, flawless, Optional.empty())
                    : Look.fault(Kind.READ_ONLY, Messages.readOnly());
        } catch (SQLException e) {
            if (Failure.meaning(e, product) == Meaning.PERMANENT) {
                // Such as a password that has to be changed before anything else is answered.
                throw e;
            }
            // Where the server answered, only not what it was asked for, there is no reason to destroy the connection.
            return Failure.isLostConnection(e, product)
                    ? Look.fault(Kind.DEAD, Messages.dead(e))
                    : valid(
                            physical.orElse(borrowed.handle()),
                            settings,
                            product,
                            flawless,
                            Optional.of(Failure.describe(e)));
        } catch (RuntimeException | LinkageError e) {
            return Look.fault(Kind.DEAD, Messages.dead(e));
        }
    }

    /**
     * The driver's connection, past the pool's handle and its books of statements and fatal errors; but where a statement on that
     * would begin a transaction of the driver's, which nobody would end, as Open Liberty keeps its connections.
     */
    private static Connection asked(
            Borrowed borrowed, Optional<Connection> physical, Settings settings, boolean inTransaction) {
        boolean opensNone = inTransaction || !settings.writable();
        return physical.filter(each -> opensNone || commitsByItself(each)).orElse(borrowed.handle());
    }

    /** One that cannot say so is asked in the usual way. */
    private static boolean commitsByItself(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException | RuntimeException | LinkageError e) {
            return true;
        }
    }

    private Optional<Fault> ownFault(Borrowed borrowed, Optional<Connection> physical, Settings settings)
            throws SQLException {
        Optional<Duration> limit = settings.maxAge();
        if (limit.isPresent() && physical.isPresent()) {
            long now = time.nanos();
            Duration age = Duration.ofNanos(now - validations.firstSeen(physical.get(), now));
            if (age.compareTo(limit.get()) > 0) {
                return Optional.of(new Fault(Kind.AGED, Messages.tooOld(age, limit.get())));
            }
        }
        // A body that set it on the driver's connection and did not restore it would lose the next body's work.
        return borrowed.hasLostAutocommit()
                ? Optional.of(new Fault(Kind.AUTOCOMMIT, Messages.autocommitOff()))
                : Optional.empty();
    }

    private static Look fit(Optional<DatabaseProduct> product, boolean flawless, Optional<String> doubt) {
        return new Look(Optional.empty(), Optional.empty(), new Finding(product, flawless, doubt, Optional.empty()));
    }

    /** What every driver can say; one that cannot has lived without, and nobody is to fail for it. */
    private static Look valid(
            Connection connection,
            Settings settings,
            Optional<DatabaseProduct> product,
            boolean flawless,
            Optional<String> doubt) {
        try {
            return connection.isValid(seconds(settings))
                    ? fit(product, flawless, doubt)
                    : Look.fault(Kind.DEAD, Messages.dead());
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException | AbstractMethodError e) {
            return fit(product, flawless, Optional.of(Failure.describe(e)));
        } catch (SQLException | RuntimeException | LinkageError e) {
            return Look.fault(Kind.DEAD, Messages.dead(e));
        }
    }

    private static boolean answers(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(query)) {
                return true;
            }
            try (ResultSet answer = statement.getResultSet()) {
                return answer.next() && answer.getLong(1) != 0;
            }
        }
    }

    /** JDBC counts in seconds; drivers take 0 for no bound. The gate's own bound is exact. */
    private static int seconds(Settings settings) {
        return (int) Math.max(1, settings.validationTimeout().plusMillis(999).toSeconds());
    }
}
