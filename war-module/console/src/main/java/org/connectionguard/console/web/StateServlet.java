/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.connectionguard.console.access.Caller;
import org.connectionguard.console.access.Token;
import org.connectionguard.console.output.StateJson;
import org.connectionguard.console.output.Things;
import org.connectionguard.console.state.GuardReader;
import org.connectionguard.console.state.ServerState;
import org.connectionguard.console.verdict.Verdict;

/** Everything, and what this user may do. For any thread. */
@SuppressWarnings("serial") // No server stores servlets.
final class StateServlet extends HttpServlet {
    private final GuardReader reader;
    private final Things things;
    private final Token token;

    StateServlet(GuardReader reader, Things things, Token token) {
        this.reader = reader;
        this.things = things;
        this.token = token;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServerState state = reader.read();
        JsonObjectBuilder all = Json.createObjectBuilder();
        things.of(state).forEach(all::add);
        boolean signedIn = request.getUserPrincipal() != null;
        Answer.json(
                response,
                HttpServletResponse.SC_OK,
                Json.createObjectBuilder()
                        .add("verdict", StateJson.of(Verdict.of(state)))
                        .add("things", all)
                        .add("user", signedIn ? request.getUserPrincipal().getName() : "")
                        .add("operator", new Caller(request).isOperator())
                        .add(
                                "token",
                                signedIn ? token.of(request.getUserPrincipal().getName()) : "")
                        .build());
    }
}
