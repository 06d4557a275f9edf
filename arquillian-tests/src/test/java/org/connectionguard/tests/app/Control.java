/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.RunOutcome;

/** What the tests ask of the application. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class Control {
    @Inject
    private Ledger ledger;

    @Inject
    private BusinessJob business;

    @Inject
    private NeverJob never;

    @Inject
    private AsynchronousJob asynchronous;

    @Inject
    private TransactionalJob transactional;

    @Inject
    private BurstJob burst;

    @Inject
    private LaterJob later;

    @Inject
    private PutOff putOff;

    @Inject
    private SmallPoolJob smallPool;

    @Inject
    private ProgrammaticTask programmatic;

    @Inject
    private PolicyJob policy;

    @Inject
    private MidBodyJob midBody;

    @Inject
    private WritableJob writable;

    @Inject
    private PingedJob pinged;

    @Inject
    private ImpatientJob impatient;

    @Inject
    private OddTransactions odd;

    @Inject
    private PoolHog hog;

    @Inject
    private Herd herd;

    @Inject
    private HerdJob herdJob;

    @Inject
    private TimerHerdJob timerHerd;

    @Inject
    private HoldingCaller holdingCaller;

    @Inject
    private FaultyJob faulty;

    @Inject
    private ConnectionGuard guard;

    @GET
    @Path("accounts")
    public Map<String, Ledger.Account> accounts() {
        return ledger.accounts();
    }

    /** The calls that have ended since the last page was asked for. */
    @POST
    @Path("next-page")
    public Ledger.Page nextPage() {
        return ledger.nextPage();
    }

    /** Returns when no job runs, and keeps those that come before their guard, so that a fault never hits a body. */
    @POST
    @Path("hold")
    public void hold() throws InterruptedException {
        ledger.hold();
    }

    /** Lets the jobs go on, with an empty ledger. */
    @POST
    @Path("resume")
    public void resume() {
        ledger.reset();
        ledger.resume();
    }

    /** How many calls are under way, before the guard, in it, or in their bodies. */
    @GET
    @Path("under-way")
    public int underWay() {
        return ledger.underWay();
    }

    /** Lets the jobs go on, with the ledger as it is. */
    @POST
    @Path("go-on")
    public void goOn() {
        ledger.resume();
    }

    /** Calls the jobs that no timer calls. What they throw is in the ledger. */
    @POST
    @Path("call")
    public void call() {
        for (Runnable job : List.<Runnable>of(business::run, never::run, asynchronous::run)) {
            try {
                job.run();
            } catch (RuntimeException e) {
                // CallRecorder has seen it.
            }
        }
        ledger.enter();
        try {
            transactional.run();
        } catch (RuntimeException e) {
            ledger.failed("TransactionalJob", e);
        }
        ledger.leave("TransactionalJob", "");
    }

    /** Lets {@link BurstJob} expire. */
    @POST
    @Path("expire")
    public void expire(@QueryParam("times") int times, @QueryParam("atOnce") boolean atOnce) {
        burst.expire(times, atOnce);
    }

    /** Lets it expire once for each key, at the same moment, with the key to carry. */
    @POST
    @Path("expire-with")
    public void expireWith(@QueryParam("key") List<String> keys) {
        burst.expire(keys);
    }

    /** Lets {@link LaterJob} expire once for each key, at the same moment, with the key to carry. */
    @POST
    @Path("expire-later-with")
    public void expireLaterWith(@QueryParam("key") List<String> keys) {
        later.expire(keys);
    }

    /** How many runs of a job have ended so, as the guard tells it. */
    @GET
    @Path("told")
    public long told(@QueryParam("job") String name, @QueryParam("outcome") RunOutcome outcome) {
        return guard.jobs().stream()
                .filter(job -> job.name().equals(name))
                .mapToLong(job -> job.runs().get(outcome))
                .sum();
    }

    /** How many jobs have a run that is put off now. */
    @GET
    @Path("put-off")
    public long putOff() {
        return guard.jobs().stream()
                .filter(job -> job.putOffSince().isPresent())
                .count();
    }

    /** What became of the others that were. */
    @GET
    @Path("ends-of-put-off")
    public Map<DeferralEnded.End, Integer> endsOfPutOff() {
        return putOff.ends();
    }

    @POST
    @Path("small-pool")
    public void smallPool() {
        smallPool.run();
    }

    @POST
    @Path("programmatic")
    public void programmatic() throws InterruptedException, ExecutionException {
        programmatic.run();
    }

    /** Calls a job: what it returned, or why it failed. */
    @POST
    @Path("run")
    @Produces(MediaType.TEXT_PLAIN)
    public String run(@QueryParam("job") String name) {
        return told(() -> switch (name) {
            case "FAIL" -> policy.fail();
            case "SKIP" -> policy.skip();
            case "PROCEED" -> policy.proceed();
            case "WritableJob" -> writable.run();
            case "PingedJob" -> pinged.run();
            case "ImpatientJob" -> impatient.run();
            case "FaultyJob" -> faulty.run();
            case "held" -> holdingCaller.call();
            case "soonOver" -> odd.soonOver();
            case "markedForRollback" -> odd.markedForRollback();
            default -> throw new IllegalArgumentException(name);
        });
    }

    /** Asks the guard for a data source, without a job. */
    @POST
    @Path("validate")
    @Produces(MediaType.TEXT_PLAIN)
    public String validate(@QueryParam("dataSource") String name) {
        return told(() -> {
            guard.validate(name);
            return "live";
        });
    }

    /** Uses a data source as it comes: what the statement answers, "live" where that is nothing, or why it failed. */
    @POST
    @Path("use")
    @Produces(MediaType.TEXT_PLAIN)
    public String use(
            @QueryParam("dataSource") String name, @QueryParam("sql") @DefaultValue("select 'live'") String sql) {
        return told(() -> {
            DataSource dataSource = InitialContext.doLookup(name);
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                if (!statement.execute(sql)) {
                    return "live";
                }
                ResultSet answer = statement.getResultSet();
                answer.next();
                return answer.getString(answer.getMetaData().getColumnCount());
            }
        });
    }

    /** Somebody without a guard takes a connection and keeps it. */
    @POST
    @Path("take")
    public void take(@QueryParam("dataSource") String name) throws NamingException {
        hog.take(name);
    }

    @POST
    @Path("give-back")
    public void giveBack() {
        hog.giveBack();
    }

    /** Names and states of the guard's threads and of {@link PoolHog}'s. */
    @GET
    @Path("threads")
    public Map<String, Thread.State> threads() {
        return Threads.named("connection-guard ", "hog");
    }

    @POST
    @Path("herd")
    public void herd(@QueryParam("callers") int callers) {
        herd.run(callers, 1, herdJob::run);
    }

    /** So many threads call {@link BusinessJob} so often each. */
    @POST
    @Path("together")
    public void together(@QueryParam("callers") int callers, @QueryParam("times") int times) {
        herd.run(callers, times, business::run);
    }

    /** So many call {@link HeldJob} at once, each in a transaction that holds a connection of its pool already. */
    @POST
    @Path("held")
    public List<String> held(@QueryParam("callers") int callers) throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(callers);
        return herd.outcomes(callers, () -> holdingCaller.call(all));
    }

    @POST
    @Path("expire-herd")
    public void expireHerd(@QueryParam("times") int times) {
        timerHerd.expire(times);
    }

    @POST
    @Path("stop-in-body")
    public void stopInBody(@QueryParam("sleeping") boolean sleeping) {
        midBody.expireAndStop(sleeping);
    }

    @POST
    @Path("go-on-in-body")
    public void goOnInBody() {
        midBody.goOn();
    }

    private static String told(Callable<String> call) {
        try {
            return String.valueOf(call.call());
        } catch (Exception e) {
            Throwable cause = e;
            while (!(cause instanceof DatabaseUnavailableException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.toString();
        }
    }

    /** Fills a pool: so many connections are taken at once and given back. The last id is the one on top. */
    @POST
    @Path("fill")
    public List<Long> fill(@QueryParam("dataSource") String name, @QueryParam("connections") int count)
            throws NamingException, SQLException {
        DataSource dataSource = InitialContext.doLookup(name);
        List<Connection> taken = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Connection connection = dataSource.getConnection();
                taken.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet answer = statement.executeQuery("select connection_id()")) {
                    answer.next();
                    ids.add(answer.getLong(1));
                }
            }
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        return ids;
    }
}
