/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.ejb.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.connectionguard.JobStatus;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.engine.Threads;
import org.connectionguard.message.Messages;
import org.connectionguard.server.ApplicationServer;
import org.connectionguard.server.Invocation;
import org.connectionguard.server.ManagedThreads;
import org.connectionguard.server.ServersTimers;
import org.connectionguard.statistics.Overview;

/**
 * Has a job run now, beside its schedule, by its own timer: the one that has called it last, else the one that the server shows; or,
 * where timers cannot be called, as the clients of its bean call it. For any thread.
 */
final class RunByHand implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final JobTimers timers;
    private final ServersTimers server;
    private final BusinessViews views;
    private final Overview overview;
    private final ApplicationServer kind;
    private final Threads ownThreads;

    /** The last one of each job. */
    private final Map<String, Object> heard = new ConcurrentHashMap<>();

    RunByHand(JobTimers timers, ServersTimers server, BusinessViews views, Overview overview, ApplicationServer kind) {
        this.timers = timers;
        this.server = server;
        this.views = views;
        this.overview = overview;
        this.kind = kind;
        this.ownThreads = Threads.named("connection-guard run " + overview.deployment());
    }

    /** How a timer is called; whether there was one. */
    private interface Way {
        boolean call() throws Exception;
    }

    /** A timer calls its job. */
    void heard(String job, Object timer) {
        if (timer != null && timers.of(job).isPresent()) {
            heard.put(job, timer);
        }
    }

    /**
     * Begins it, and returns.
     *
     * @throws IllegalArgumentException when it is no job of the deployment, or no timer of the server's calls it
     * @throws IllegalStateException when it is under way, when nobody can tell which timer is its, or when there is no thread
     */
    void run(String job) {
        List<String> names = overview.jobs().stream().map(JobStatus::name).toList();
        if (!names.contains(job)) {
            throw new IllegalArgumentException(Messages.noSuchJob(job, overview.deployment(), names));
        }
        TimerMethod timer =
                timers.of(job).orElseThrow(() -> new IllegalArgumentException(Messages.noTimerOfServers(job)));
        if (overview.job(job).orElseThrow().active() > 0) {
            throw new IllegalStateException(Messages.isUnderWay(job));
        }
        Way way = way(job, timer);
        Executor threads = ManagedThreads.lookUp(kind, ownThreads)
                .orElseThrow(() -> new IllegalStateException(Messages.noManagedThreads()));
        try {
            threads.execute(() -> call(job, way));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException(Messages.notRunByHand(job, e));
        }
    }

    private Way way(String job, TimerMethod timer) {
        Optional<Timer> caller = Optional.ofNullable(heard.get(job)).map(Timer.class::cast);
        Optional<Invocation> last = caller.flatMap(each ->
                        Invocation.of(each).or(() -> views.of(timer).map(view -> Invocation.by(view, each))))
                .filter(each -> each.recurs() && each.isOn());
        if (last.isPresent()) {
            return () -> {
                last.get().call();
                return true;
            };
        }
        if (timers.isLikeAnother(timer)) {
            throw new IllegalStateException(Messages.timersAreAlike(job));
        }
        return () -> server.call(timer.ejbName(), timer.bean(), shown -> timers.isOf(timer, shown));
    }

    private static void call(String job, Way way) {
        try {
            if (!way.call()) {
                LOG.log(Level.WARNING, Messages.noTimerToRunByHand(job));
            }
        } catch (Exception | LinkageError e) {
            LOG.log(Level.WARNING, Messages.notRunByHand(job, e), e);
        }
    }

    /** Begins nothing any more; what is under way comes to its end. */
    @Override
    public void close() {
        ownThreads.close();
    }
}
