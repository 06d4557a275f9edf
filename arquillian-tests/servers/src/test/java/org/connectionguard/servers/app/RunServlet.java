/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.RunOutcome;

/** Has a job run by hand, and tells how its runs ended. Only where the library is. For any thread. */
@WebServlet("/run")
public class RunServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Of how many runs of the job that is the outcome. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RunOutcome outcome = RunOutcome.valueOf(request.getParameter("outcome"));
        long runs = guard().jobs().stream()
                .filter(job -> job.name().equals(request.getParameter("job")))
                .mapToLong(job -> job.runs().get(outcome))
                .sum();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(runs);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        guard().run(request.getParameter("job"));
    }

    private static ConnectionGuard guard() {
        return CDI.current().select(ConnectionGuard.class).get();
    }
}
