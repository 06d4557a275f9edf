/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The stream of changes: server-sent events. For any thread. */
@SuppressWarnings("serial") // No server stores servlets.
final class EventsServlet extends HttpServlet {
    private final Broadcast broadcast;

    EventsServlet(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!broadcast.hasRoom()) {
            Answer.words(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "So many watch already that you have to ask.");
            return;
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        // Proxies that collect what they pass on would make it late.
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        Sink sink = new Sink(context, broadcast::leave);
        context.addListener(sink);
        broadcast.join(sink);
        response.getOutputStream().setWriteListener(sink);
    }
}
