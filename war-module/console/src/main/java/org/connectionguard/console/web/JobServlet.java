/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.connectionguard.console.output.StateJson;
import org.connectionguard.console.state.GuardReader;
import org.connectionguard.console.state.Job;

/** One job with all the runs that are known of it. For any thread. */
@SuppressWarnings("serial") // No server stores servlets.
final class JobServlet extends HttpServlet {
    private final GuardReader reader;

    JobServlet(GuardReader reader) {
        this.reader = reader;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = Optional.ofNullable(request.getParameter("id")).orElse("");
        Optional<Job> job =
                reader.read().jobs().stream().filter(one -> one.id().equals(id)).findFirst();
        if (job.isPresent()) {
            Answer.json(response, HttpServletResponse.SC_OK, StateJson.of(job.get(), Integer.MAX_VALUE));
        } else {
            Answer.words(response, HttpServletResponse.SC_NOT_FOUND, "There is no such job on this server now.");
        }
    }
}
