/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.connectionguard.server.DatabaseServer;

/** The database server's own counters. For one thread. */
public final class Counters implements AutoCloseable {
    /**
     * What happened between two looks.
     *
     * @param roundTrips statements and pings
     * @param connects new connections
     */
    public record Count(long roundTrips, long connects) {}

    private final Connection connection;
    private Map<String, Long> last;
    private long ownCost;

    public Counters(DatabaseServer database) throws SQLException {
        this.connection = database.connectAsRoot();
        this.last = read();
        next();
        this.ownCost = next().roundTrips();
    }

    /** What happened since the last look, that look itself left out. */
    public Count next() throws SQLException {
        Map<String, Long> now = read();
        // The server does not count pings among its questions.
        long roundTrips = now.get("Questions")
                - last.get("Questions")
                + now.get("Com_admin_commands")
                - last.get("Com_admin_commands");
        long connects = now.get("Connections") - last.get("Connections");
        last = now;
        return new Count(roundTrips - ownCost, connects);
    }

    private Map<String, Long> read() throws SQLException {
        Map<String, Long> values = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show global status where variable_name in"
                        + " ('Questions', 'Com_admin_commands', 'Connections')")) {
            while (answer.next()) {
                values.put(answer.getString(1), answer.getLong(2));
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
