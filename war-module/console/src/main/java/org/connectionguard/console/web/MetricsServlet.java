/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.connectionguard.console.access.Caller;
import org.connectionguard.console.output.Exposition;
import org.connectionguard.console.state.GuardReader;

/** What a Prometheus scrapes. For any thread. */
@SuppressWarnings("serial") // No server stores servlets.
final class MetricsServlet extends HttpServlet {
    private final GuardReader reader;
    private final Broadcast broadcast;

    MetricsServlet(GuardReader reader, Broadcast broadcast) {
        this.reader = reader;
        this.broadcast = broadcast;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean openMetrics =
                Exposition.isOpenMetrics(new Caller(request).header("Accept").orElse(""));
        Answer.send(
                response,
                HttpServletResponse.SC_OK,
                Exposition.contentType(openMetrics),
                Exposition.of(reader.read(), broadcast.watching(), openMetrics));
    }
}
