/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.naming.NamingException;

/** Has connections taken out of a pool, and given back; shows which ones are held. For any thread. */
@WebServlet("/pool")
public class PoolServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient PoolHog hog;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(String.join("\n", hog.held()));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        int connections = Integer.parseInt(request.getParameter("connections"));
        if (connections == 0) {
            hog.giveBack();
            return;
        }
        try {
            hog.take(request.getParameter("name"), connections);
        } catch (NamingException e) {
            throw new ServletException(e);
        }
    }
}
