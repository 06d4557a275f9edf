/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database: started here, or somebody else's. */
public interface Database extends AutoCloseable {
    /** The JDBC URL, without user and password. */
    String url();

    /** The user that applications log in as. */
    String user();

    /** That user's password. */
    String password();

    /** A new connection, past every pool, as the user of {@link #user()}. */
    default Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    /** Ends what was started here, and nothing else. */
    @Override
    void close();

    /** A database that was there before and stays. */
    static Database external(String url, String user, String password) {
        Database database = new ExternalDatabase(url, user, password);
        try (Connection connection = database.connect()) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new StartException(
                    "The database at " + url.replaceAll("\\?.*", "") + " does not let user '" + user + "' in: "
                            + e.getMessage().lines().findFirst().orElse("") + " (SQLState " + e.getSQLState()
                            + "). Check -Ddemo.database.url, .user and .password.",
                    e);
        }
        return database;
    }
}
