/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Messages;
import org.connectionguard.pool.Pool;

/**
 * What a job may expect of a connection: alive, not too old, its autocommit as it should be, and where demanded to a server
 * that accepts writes. One round trip at most. Immutable; called on the gate's own thread, where a driver may block it.
 */
record Fitness(Ages ages, Questions questions, Time time) {
    /**
     * What is wrong with a connection.
     *
     * @param shared whether its idle siblings will have it too
     */
    record Fault(String why, boolean shared) {}

    /** Why the connection is unfit; empty when it is fit. */
    Optional<Fault> fault(
            Settings settings,
            Pool lender,
            Connection connection,
            Optional<Connection> physical,
            boolean inTransaction) {
        Optional<Duration> limit = settings.maxAge();
        if (limit.isPresent() && physical.isPresent()) {
            Duration age = ages.of(physical.get(), time);
            if (age.compareTo(limit.get()) > 0) {
                return Optional.of(new Fault(Messages.tooOld(age, limit.get()), false));
            }
        }
        try {
            // A body that set it on the driver's connection and did not restore it would lose the next body's work.
            // Inside a transaction off is as it should be.
            if (!inTransaction && lender.hasLostAutocommit(connection)) {
                return Optional.of(new Fault(Messages.autocommitOff(), false));
            }
            // The driver's connection, past the pool's handle and its books of statements and fatal errors.
            Connection asked = physical.orElse(connection);
            Optional<String> query = questions.of(asked, settings.writable());
            if (query.isPresent()) {
                return answers(asked, query.get())
                        ? Optional.empty()
                        : Optional.of(new Fault(Messages.readOnly(), true));
            }
            return asked.isValid(seconds(settings)) ? Optional.empty() : Optional.of(new Fault(Messages.dead(), true));
        } catch (SQLException | RuntimeException e) {
            return Optional.of(new Fault(Messages.dead(e), true));
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
