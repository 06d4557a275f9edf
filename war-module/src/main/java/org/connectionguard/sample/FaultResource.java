/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;

/**
 * Breaks things on purpose, in demo mode only. A request must carry the page's own header, which another site's page cannot
 * send without being allowed to (CORS), so that it cannot be forged through the user's browser.
 */
@Path("fault")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FaultResource {
    @Resource(lookup = "java:jboss/datasources/Defects")
    private DataSource dataSource;

    @Inject
    private ConnectionGuard guard;

    @Inject
    private DemoMode demoMode;

    /** The database drops all idle connections of both pools, as it does when wait_timeout has passed. */
    @POST
    @Path("drop-idle-connections")
    public Map<String, Integer> dropIdleConnections(@HeaderParam("X-Defects-Page") String page) throws SQLException {
        if (!demoMode.isOn()) {
            throw new NotFoundException();
        }
        if (page == null) {
            throw new ForbiddenException();
        }
        guard.validate("java:jboss/datasources/Defects");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<Long> idle = new ArrayList<>();
            try (ResultSet sessions = statement.executeQuery("select id from information_schema.processlist"
                    + " where command = 'Sleep' and user = substring_index(current_user(), '@', 1)")) {
                while (sessions.next()) {
                    idle.add(sessions.getLong(1));
                }
            }
            for (long session : idle) {
                statement.execute("kill " + session);
            }
            killOwn(statement);
            return Map.of("dropped", idle.size() + 1);
        }
    }

    /** Our own goes back to the pool as dead as the others. */
    private static void killOwn(Statement statement) {
        try {
            statement.execute("kill connection_id()");
        } catch (SQLException e) {
            // That is how it ends: the server closes the connection that asks.
        }
    }
}
