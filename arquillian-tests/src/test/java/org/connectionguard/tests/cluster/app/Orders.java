/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.JobStatus;

/** What the tests ask of the application on one of the servers. */
@Path("/")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class Orders {
    @Inject
    private OnceJob once;

    @Inject
    private UnguardedOnceJob unguardedOnce;

    @Inject
    private LaterOnceJob laterOnce;

    @Inject
    private ConnectionGuard guard;

    /** Makes a persistent single-action timer for each job that runs once. */
    @POST
    @Path("once")
    public void once(@QueryParam("name") String name, @QueryParam("after") String after) {
        once.order(name, Duration.parse(after));
        unguardedOnce.order(name, Duration.parse(after));
        laterOnce.order(name, Duration.parse(after));
    }

    /** The guarded jobs of which a call is under way on this server. */
    @GET
    @Path("under-way")
    public String underWay() {
        return names(job -> job.active() > 0);
    }

    /** The guarded jobs of which a run is put off on this server. */
    @GET
    @Path("put-off")
    public String putOff() {
        return names(job -> job.putOffSince().isPresent());
    }

    private String names(Predicate<JobStatus> which) {
        return guard.jobs().stream().filter(which).map(JobStatus::name).collect(Collectors.joining("\n"));
    }
}
