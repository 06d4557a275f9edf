/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;

/** What the benchmarks ask of the application. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class Control {
    @Inject
    private Contest contest;

    @Inject
    private GuardedTimers guardedTimers;

    @Inject
    private ByHandTimers byHandTimers;

    @Inject
    private PlainTimers plainTimers;

    @Inject
    private Countdown countdown;

    @Inject
    private Pulse pulse;

    @Inject
    private Crowd crowd;

    @Inject
    private Volleys volleys;

    @Inject
    private ConnectionGuard guard;

    @POST
    @Path("measure")
    public Measurement measure(
            @QueryParam("contender") Contender contender,
            @QueryParam("transaction") boolean inTransaction,
            @QueryParam("checkouts") int checkouts,
            @QueryParam("threads") int threads,
            @QueryParam("times") int times)
            throws Exception {
        return contest.measure(contender, inTransaction, checkouts, threads, times);
    }

    @POST
    @Path("fill")
    public void fill(@QueryParam("dataSource") String name, @QueryParam("connections") int connections)
            throws NamingException, SQLException {
        DataSources.fill(name, connections);
    }

    @POST
    @Path("fire")
    public List<Volley> fire(
            @QueryParam("contender") Contender contender,
            @QueryParam("transaction") boolean inTransaction,
            @QueryParam("jobs") int jobs,
            @QueryParam("millis") int millis,
            @QueryParam("times") int times)
            throws Exception {
        return volleys.fire(contender, inTransaction, jobs, millis, times);
    }

    /** Nanoseconds that so many timers need. */
    @POST
    @Path("expire")
    public long expire(
            @QueryParam("contender") Contender contender,
            @QueryParam("times") int times,
            @QueryParam("millis") int millis)
            throws InterruptedException {
        countdown.expect(times);
        switch (contender) {
            case GUARD -> guardedTimers.expire(times, millis);
            case BY_HAND -> byHandTimers.expire(times, millis);
            default -> plainTimers.expire(times, millis);
        }
        return countdown.await();
    }

    @POST
    @Path("start-pulse")
    public void startPulse(@QueryParam("transaction") boolean inTransaction) throws NamingException {
        pulse.start(inTransaction);
    }

    /** What has run since it was started. */
    @POST
    @Path("stop-pulse")
    public Map<Contender, List<Beat>> stopPulse() {
        return pulse.stop();
    }

    /** Nanoseconds until the guard has found a live connection. */
    @POST
    @Path("validate")
    public long validate(@QueryParam("dataSource") String name) {
        long start = System.nanoTime();
        guard.validate("java:jboss/datasources/" + name);
        return System.nanoTime() - start;
    }

    /** Nanoseconds until the pool has given a connection. */
    @POST
    @Path("check-out")
    public long checkOut(@QueryParam("dataSource") String name) throws NamingException, SQLException {
        DataSource dataSource = DataSources.of(name);
        long start = System.nanoTime();
        dataSource.getConnection().close();
        return System.nanoTime() - start;
    }

    @POST
    @Path("gather")
    public void gather(@QueryParam("jobs") int jobs) throws NamingException {
        crowd.gather(jobs);
    }

    @POST
    @Path("disperse")
    public void disperse() {
        crowd.disperse();
    }
}
