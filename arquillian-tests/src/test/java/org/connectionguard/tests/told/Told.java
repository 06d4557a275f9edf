/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.connectionguard.ConnectionGuard;

/** What the tests ask of the application; answers are lines of text. */
@Path("/")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class Told {
    @Inject
    private ToldJobs jobs;

    @Inject
    private Observer observer;

    @Inject
    private ConnectionGuard guard;

    /** Calls a job: "done", or what it threw. */
    @POST
    @Path("call")
    public String call(@QueryParam("job") String job) {
        try {
            body(job).call();
            return "done";
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private Callable<?> body(String job) {
        Act act = switch (job) {
            case "failing" -> jobs::failing;
            case "skipping" -> jobs::skipping;
            case "proceeding" -> jobs::proceeding;
            case "waiting" -> jobs::waiting;
            case "throwing" -> jobs::throwing;
            default -> throw new IllegalArgumentException(job);
        };
        return () -> {
            act.run();
            return "done";
        };
    }

    private interface Act {
        void run() throws Exception;
    }

    /** So many threads call a job so often each: how long the longest call took, in milliseconds. */
    @POST
    @Path("load")
    public long load(
            @QueryParam("job") String job,
            @QueryParam("callers") int callers,
            @DefaultValue("100") @QueryParam("times") int times)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CyclicBarrier together = new CyclicBarrier(callers);
            List<Future<Long>> longest = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(() -> {
                        together.await();
                        return longest(job, times);
                    }))
                    .toList();
            long nanos = 0;
            for (Future<Long> each : longest) {
                nanos = Math.max(nanos, each.get());
            }
            return nanos / 1_000_000;
        } finally {
            threads.shutdownNow();
        }
    }

    private long longest(String job, int times) throws Exception {
        long longest = 0;
        for (int time = 0; time < times; time++) {
            long start = System.nanoTime();
            body(job).call();
            longest = Math.max(longest, System.nanoTime() - start);
        }
        return longest;
    }

    @POST
    @Path("behave")
    public void behave(@QueryParam("manner") Observer.Manner manner) {
        observer.behave(manner);
    }

    /** What the observer has heard. */
    @GET
    @Path("events")
    public String events() {
        return String.join("\n", observer.heard());
    }

    /** What code is given. */
    @GET
    @Path("jobs")
    public String jobs() {
        return guard.jobs().stream()
                .map(job -> job.name() + " " + job.runs() + " next=" + job.next() + " overdue=" + job.overdue()
                        + " ended=" + job.ended() + " success="
                        + job.lastSuccess().isPresent())
                .collect(Collectors.joining("\n"));
    }

    /** What code is given. */
    @GET
    @Path("data-sources")
    public String dataSources() {
        return guard.dataSources().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** The guard's MBeans, as jconsole shows them. */
    @GET
    @Path("mbeans")
    public String mbeans() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> lines = new ArrayList<>();
        for (ObjectName name : new TreeSet<>(server.queryNames(new ObjectName("org.connectionguard:*"), null))) {
            lines.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                Object value = server.getAttribute(name, attribute.getName());
                lines.add("  " + attribute.getName() + " = "
                        + (value instanceof Object[] several ? several.length + " entries" : value));
            }
        }
        return String.join("\n", lines);
    }

    /** Calls an operation of one of them. */
    @POST
    @Path("invoke")
    public String invoke(@QueryParam("bean") String bean, @QueryParam("operation") String operation) throws Exception {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName(bean), operation, new Object[0], new String[0]));
    }
}
