/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.connectionguard.ConnectionGuard;

/** Has a job run by hand. Where the library is not there nobody asks it to. For any thread. */
@WebServlet("/run")
public class RunServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        CDI.current().select(ConnectionGuard.class).get().run(request.getParameter("job"));
    }
}
