/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows the ledger, and makes timers that expire once. For any thread. */
@WebServlet("/ledger")
public class LedgerServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Ledger ledger;

    @Inject
    private transient OnceJob once;

    @Inject
    private transient FailOnceJob failOnce;

    @Inject
    private transient UncommittedJob uncommitted;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(String.join("\n", ledger.lines()));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        if (Boolean.parseBoolean(request.getParameter("uncommitted"))) {
            uncommitted.expire();
        } else {
            once.expire();
            failOnce.expire();
        }
    }
}
