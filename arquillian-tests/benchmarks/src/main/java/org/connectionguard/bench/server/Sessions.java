/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.connectionguard.server.DatabaseServer;

/** What a database administrator does. Stateless. */
public final class Sessions {
    private Sessions() {}

    /** Kills every session of the application's user. */
    public static void killAll(DatabaseServer database) throws SQLException {
        try (Connection connection = database.connectAsRoot();
                Statement statement = connection.createStatement()) {
            List<Long> ids = new ArrayList<>();
            try (ResultSet answer = statement.executeQuery(
                    "select id from information_schema.processlist where user = '" + database.user() + "'")) {
                while (answer.next()) {
                    ids.add(answer.getLong(1));
                }
            }
            for (long id : ids) {
                kill(statement, id);
            }
        }
    }

    private static void kill(Statement statement, long id) {
        try {
            statement.execute("kill " + id);
        } catch (SQLException e) {
            // It has gone by itself.
        }
    }
}
