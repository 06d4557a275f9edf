/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Has the demo's launcher break things on purpose; without one there is nothing here. Only this machine is heard, by one of its
 * own names, and only what carries the page's own header, which another site's page cannot send without being allowed to (CORS).
 */
@Path("fault")
@RequestScoped
public class FaultResource {
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|(0:){7}1|::1");
    private static final Pattern LOOPBACK_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    @Inject
    private DemoLauncher launcher;

    @Context
    private HttpServletRequest request;

    /** What is out of order now, and what can be done. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String now() {
        return launcher.ask("GET", address()).body();
    }

    /** Does it; what came of it, in a sentence. */
    @POST
    @Path("{name: [a-z-]+}")
    @Produces(MediaType.TEXT_PLAIN)
    public Response happen(@PathParam("name") String name, @HeaderParam("X-Defects-Page") String page) {
        URI address = address();
        if (page == null) {
            throw new ForbiddenException();
        }
        HttpResponse<String> came = launcher.ask("POST", address.resolve(name));
        return Response.status(came.statusCode()).entity(came.body()).build();
    }

    private URI address() {
        URI address = launcher.address().orElseThrow(NotFoundException::new);
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        if (!LOOPBACK_ADDRESS.matcher(request.getRemoteAddr()).matches()
                || !LOOPBACK_HOST.matcher(host).matches()) {
            throw new ForbiddenException();
        }
        return address;
    }
}
