/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import org.connectionguard.console.output.HealthJson;
import org.connectionguard.console.state.GuardReader;

/**
 * The verdict for monitors: 200 where every job ran or will be made up, 503 where somebody has to do something. Not for what
 * restarts servers: that would mend none of it. For any thread.
 */
@SuppressWarnings("serial") // No server stores servlets.
final class HealthServlet extends HttpServlet {
    private final GuardReader reader;

    HealthServlet(GuardReader reader) {
        this.reader = reader;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObject health = HealthJson.of(reader.read(), ZoneId.systemDefault());
        Answer.json(
                response,
                health.getString("status").equals("UP")
                        ? HttpServletResponse.SC_OK
                        : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                health);
    }
}
