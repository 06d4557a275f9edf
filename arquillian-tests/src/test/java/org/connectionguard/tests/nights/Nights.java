/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.connectionguard.ConnectionGuard;

/** What the tests ask of the application; answers are lines of text. */
@Path("/")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class Nights {
    @Inject
    private Diary diary;

    @Inject
    private MadeJobs made;

    @Inject
    private LockedJobs locked;

    @Inject
    private ConnectionGuard guard;

    /** So many timers that expire then; their information is the name, and a number where there are several. */
    @POST
    @Path("make")
    public void make(
            @QueryParam("kind") String kind,
            @QueryParam("at") long at,
            @QueryParam("info") String info,
            @QueryParam("persistent") boolean persistent,
            @QueryParam("times") int times) {
        for (int number = 0; number < times; number++) {
            String each = times == 1 ? info : info + number;
            if (kind.equals("locked")) {
                locked.make(Instant.ofEpochMilli(at), each, persistent);
            } else {
                made.make(kind, Instant.ofEpochMilli(at), each, persistent);
            }
        }
    }

    /** Comes back when what is held is released. */
    @POST
    @Path("occupy")
    public void occupy() throws InterruptedException {
        locked.occupy();
    }

    @GET
    @Path("made")
    public String made() {
        return made.all();
    }

    @POST
    @Path("cancel")
    public void cancel() {
        made.cancelAll();
    }

    @GET
    @Path("done")
    public String done() {
        return String.join("\n", diary.done());
    }

    @GET
    @Path("inside")
    public int inside() {
        return diary.inside();
    }

    @GET
    @Path("at-once")
    public int atOnce() {
        return diary.atOnce();
    }

    @POST
    @Path("hold")
    public void hold() {
        diary.hold();
    }

    @POST
    @Path("release")
    public void release() {
        diary.release();
    }

    /** What code is given. */
    @GET
    @Path("jobs")
    public String jobs() {
        return guard.jobs().stream()
                .map(job -> job.name() + " " + job.runs() + " putOff="
                        + job.putOffSince().isPresent())
                .collect(Collectors.joining("\n"));
    }

    /** Calls an operation with one argument of the guard's MBean, as an operator does. */
    @POST
    @Path("operate")
    public String operate(
            @QueryParam("deployment") String deployment,
            @QueryParam("operation") String operation,
            @QueryParam("argument") String argument)
            throws Exception {
        ObjectName bean = new ObjectName("org.connectionguard:type=Guard,deployment=" + ObjectName.quote(deployment));
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(bean, operation, new Object[] {argument}, new String[] {String.class.getName()}));
    }
}
