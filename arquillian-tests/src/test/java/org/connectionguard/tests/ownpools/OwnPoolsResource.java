/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.stream.Collectors;
import org.connectionguard.ConnectionGuard;

/** Lets the test do it. */
@Path("own-pools")
@RequestScoped
public class OwnPoolsResource {
    @EJB
    private Jobs jobs;

    @EJB
    private Binder binder;

    @Inject
    private Runs runs;

    @Inject
    private ConnectionGuard guard;

    /** "ran", or why it did not. */
    @GET
    @Path("run/{job}")
    public String run(@PathParam("job") String job) {
        Map<String, Runnable> all = Map.of(
                "defined", jobs::defined,
                "bound", jobs::bound,
                "produced", jobs::produced,
                "injected", jobs::injected,
                "late", jobs::late,
                "misspelt", jobs::misspelt);
        try {
            all.get(job).run();
            return "ran";
        } catch (RuntimeException e) {
            return why(e);
        }
    }

    private static String why(Throwable thrown) {
        return thrown + (thrown.getCause() == null ? "" : "; " + why(thrown.getCause()));
    }

    @GET
    @Path("bind-late")
    public String bindLate() {
        binder.bindLate();
        return "bound";
    }

    /** What became of the timer's bodies, a line each. */
    @GET
    @Path("timer")
    public String timer() {
        return String.join("\n", runs.outcomes());
    }

    @GET
    @Path("forget")
    public String forget() {
        runs.forget();
        return "forgotten";
    }

    /** What the guard knows, a line each. */
    @GET
    @Path("data-sources")
    public String dataSources() {
        return guard.dataSources().stream()
                .map(each -> each.name() + " " + each.state())
                .collect(Collectors.joining("\n"));
    }
}
