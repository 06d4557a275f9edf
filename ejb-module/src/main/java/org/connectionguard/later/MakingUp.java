/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.later;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.connectionguard.GuardEvent.DeferralEnded;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Threads;
import org.connectionguard.engine.Verdict;
import org.connectionguard.message.Messages;
import org.connectionguard.server.ApplicationServer;
import org.connectionguard.server.Invocation;
import org.connectionguard.server.ManagedThreads;
import org.connectionguard.server.Repeat;
import org.connectionguard.server.StandIn;

/**
 * Has runs made up that were put off. As long as one waits for a data source, a scout stands at its gate, as a job would: one for
 * all of them. Each time that it is let through one of them is called, as long as there are places. For any thread.
 */
final class MakingUp implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** Who is sent away at once comes again after that. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * The data source that is asked may not be the one that a call would ask by now, for somebody has made another of its name;
     * so one is called even if no scout is let through, after that time first, and ever more seldom.
     */
    static final Duration FIRST_TRIAL = Duration.ofMinutes(1);

    private final Guard guard;
    private final Deferrals deferrals;
    private final Duration patience;
    private final Threads scouts;
    private volatile Optional<Executor> executor = Optional.empty();

    /** @param patience so long a scout stays in the line before it looks around */
    MakingUp(Guard guard, Deferrals deferrals, Duration patience, String deployment) {
        this.guard = guard;
        this.deferrals = deferrals;
        this.patience = patience;
        this.scouts = Threads.named("connection-guard later " + deployment);
    }

    /**
     * Jobs are called on threads of the server's, as the calling component sees them; else on the guard's own, where these will do.
     *
     * @return whether there are any
     */
    boolean takes(ApplicationServer server) {
        Optional<Executor> threads = ManagedThreads.lookUp(server, scouts);
        if (threads.isPresent()) {
            executor = threads;
        }
        return executor.isPresent();
    }

    /** Sees to it that there is a scout for whatever is put off. */
    void lookAfterAll() {
        deferrals.kept().stream()
                .map(Deferral::target)
                .filter(target -> deferrals.beginsScouting(target.dataSource()))
                .forEach(this::send);
    }

    private void send(Target target) {
        try {
            scouts.execute(() -> scout(target));
        } catch (RuntimeException | Error e) {
            // No thread: the next call of a timer that is put off sends another one.
            deferrals.endsScouting(target.dataSource());
            LOG.log(Level.WARNING, Messages.noScout(target.name(), e));
        }
    }

    private void scout(Target target) {
        Trials trials = new Trials();
        try {
            Optional<Deferral> waiting = deferrals.await(target.dataSource());
            while (waiting.isPresent()) {
                boolean back = mayBegin() && isBack(waiting.get().target());
                deferrals.sortOut(guard.now()).forEach(this::drop);
                renewAll(target.dataSource());
                if (guard.isRunning() && (back || trials.isDue())) {
                    deferrals.claim(target.dataSource()).ifPresent(this::start);
                }
                waiting = deferrals.await(target.dataSource());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            deferrals.endsScouting(target.dataSource());
        } catch (RuntimeException | Error e) {
            deferrals.endsScouting(target.dataSource());
            LOG.log(Level.WARNING, Messages.noScout(target.name(), e));
        }
    }

    /** On a server that is suspended nothing is begun, whatever its databases do. */
    private boolean mayBegin() throws InterruptedException {
        if (!guard.isRunning()) {
            deferrals.pause(PAUSE);
        }
        return guard.isRunning();
    }

    private boolean isBack(Target target) throws InterruptedException {
        long start = guard.nanos();
        Verdict verdict =
                guard.gate(target).admit(target, guard.deadline(patience), Optional.empty(), OptionalLong.empty());
        if (verdict instanceof Verdict.Live) {
            return true;
        }
        if (guard.since(start).compareTo(PAUSE) < 0) {
            deferrals.pause(PAUSE);
        }
        return false;
    }

    /** Of one scout. */
    private final class Trials {
        private Duration pause = FIRST_TRIAL;
        private long last = guard.nanos();

        boolean isDue() {
            boolean due = guard.since(last).compareTo(pause) >= 0;
            if (due) {
                last = guard.nanos();
                pause = pause.multipliedBy(2);
            }
            return due;
        }
    }

    private void start(Kept kept) {
        try {
            if (kept.repeat() instanceof StandIn standIn) {
                standIn.handOver(() -> isGone(kept), timer -> deferrals.handedOver(kept, timer));
            } else {
                executor.orElseThrow().execute(() -> call(kept, (Invocation) kept.repeat()));
            }
        } catch (RuntimeException | Error e) {
            deferrals.release(kept);
            LOG.log(Level.WARNING, Messages.notMadeUpYet(kept.deferral().job(), e));
        }
    }

    /**
     * What the container keeps does not come to call as long as a scout lives: there it might find its bean locked, and be lost
     * before the guard hears of it.
     */
    private void renewAll(DataSource dataSource) {
        Optional<Kept> fading = deferrals.fading(dataSource);
        while (fading.isPresent()) {
            renew(fading.get());
            fading = deferrals.fading(dataSource);
        }
    }

    private void renew(Kept kept) {
        try {
            ((StandIn) kept.repeat()).renewed(() -> isGone(kept)).ifPresent(next -> renewed(kept, next));
        } catch (RuntimeException | Error e) {
            // Then it calls, and is put off by that.
            deferrals.renewed(kept, kept.repeat());
        }
    }

    /** The container keeps another one in its place; should a call have taken the run over meanwhile, that one is not needed. */
    void renewed(Kept kept, StandIn next) {
        if (!deferrals.renewed(kept, next) && !staysWithServer(next)) {
            cancel(kept.deferral().job(), next);
        }
    }

    /** Over the end of the application, and its own. */
    boolean staysWithServer(Repeat repeat) {
        return deferrals.isClosed() && repeat instanceof StandIn standIn && standIn.isPersistent();
    }

    private boolean isGone(Kept kept) {
        Optional<Deferrals.Ended> gone = deferrals.gone(kept);
        gone.ifPresent(this::tell);
        return gone.isPresent();
    }

    /** On a thread of the server's. */
    private void call(Kept kept, Invocation invocation) {
        boolean again = true;
        while (again && deferrals.makes(kept)) {
            if (invocation.isOn()) {
                call(kept.deferral().job(), invocation);
                again = deferrals.made(kept);
            } else {
                again = !isGone(kept);
            }
        }
        deferrals.left(kept).ifPresent(this::tell);
        lookAfterAll();
    }

    private static void call(String job, Invocation invocation) {
        try {
            invocation.call();
        } catch (Exception | Error e) {
            // No container tells of it.
            LOG.log(Level.WARNING, Messages.madeUpRunFailed(job), e);
        }
    }

    /** It waits no more, and neither does what the container keeps for it. */
    void drop(Deferrals.Ended ended) {
        tell(ended);
        cancel(ended.deferral().job(), ended.kept().repeat());
    }

    /** The container is not to call what it keeps; it may have none any more. */
    void cancel(String job, Repeat repeat) {
        if (repeat instanceof StandIn standIn) {
            try {
                standIn.cancel();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, Messages.notCancelled(job, e));
            }
        }
    }

    void tell(Deferrals.Ended ended) {
        Deferral deferral = ended.deferral();
        guard.tell(
                new DeferralEnded(guard.now(), deferral.job(), deferral.since(), deferral.expirations(), ended.end()));
    }

    /** Sends no more scouts. */
    @Override
    public void close() {
        scouts.close();
    }
}
