/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.connectionguard.console.access.Caller;
import org.connectionguard.console.access.Token;
import org.connectionguard.console.state.GuardReader;

/**
 * What an operator may do: by POST, from the console's own page, with the token that only this page can read. Answers with the
 * guard's own words. For any thread.
 */
@SuppressWarnings("serial") // No server stores servlets.
final class ActionServlet extends HttpServlet {
    private static final Logger LOG = System.getLogger("org.connectionguard.console");

    /** By the type of the MBean; none takes anything away that does not come again by itself. */
    private static final Map<String, Set<String>> OPERATIONS =
            Map.of("Job", Set.of("run"), "DataSource", Set.of("validate", "sweep"), "Guard", Set.of("examine"));

    private final GuardReader reader;
    private final Token token;

    ActionServlet(GuardReader reader, Token token) {
        this.reader = reader;
        this.token = token;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = new Caller(request);
        if (!caller.isOperator()) {
            refuse(response, "Only a user with the role " + Caller.OPERATOR + " may do that.");
        } else if (!caller.isSameOrigin() || !hasToken(caller)) {
            refuse(response, "That did not come from the console's own page.");
        } else {
            act(request, response);
        }
    }

    private boolean hasToken(Caller caller) {
        String user = caller.request().getUserPrincipal().getName();
        return caller.header(Token.HEADER)
                .filter(sent -> token.isOf(user, sent))
                .isPresent();
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        Answer.words(response, HttpServletResponse.SC_FORBIDDEN, why);
    }

    private void act(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String operation = parameter(request, "operation");
        Optional<ObjectName> bean = reader.find(parameter(request, "id"))
                .filter(name -> OPERATIONS
                        .getOrDefault(GuardReader.type(name), Set.of())
                        .contains(operation));
        if (bean.isEmpty()) {
            Answer.words(
                    response, HttpServletResponse.SC_NOT_FOUND, "There is nothing of that name on this server now.");
            return;
        }
        LOG.log(Level.INFO, request.getUserPrincipal().getName() + ": " + operation + " " + bean.get());
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(bean.get(), operation, new Object[0], new String[0]);
            Answer.words(response, HttpServletResponse.SC_OK, String.valueOf(answer));
        } catch (JMException e) {
            Answer.words(response, HttpServletResponse.SC_CONFLICT, "Its application went meanwhile.");
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
