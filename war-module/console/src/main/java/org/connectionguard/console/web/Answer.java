/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.web;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How this console answers. Stateless. */
final class Answer {
    private Answer() {}

    static void json(HttpServletResponse response, int status, JsonObject json) throws IOException {
        send(response, status, "application/json;charset=UTF-8", json.toString());
    }

    static void words(HttpServletResponse response, int status, String words) throws IOException {
        send(response, status, "text/plain;charset=UTF-8", words);
    }

    static void send(HttpServletResponse response, int status, String type, String body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.getWriter().write(body);
    }
}
