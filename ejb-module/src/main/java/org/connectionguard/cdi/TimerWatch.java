/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.connectionguard.JobStatus;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.message.Expiration;
import org.connectionguard.message.Messages;
import org.connectionguard.server.ServersTimers;
import org.connectionguard.server.TimerPromise;
import org.connectionguard.statistics.Overview;
import org.connectionguard.statistics.Promise;

/**
 * Looks now and then what the server has promised of one deployment's timers, and tells what did not come. On a thread of its
 * own; {@link #heard} and {@link #close} are for any thread.
 */
final class TimerWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** Of its time a thread looks one part in so many, however many timers there are. */
    private static final int SHARE = 20;

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final JobTimers timers;
    private final Overview overview;
    private final ServersTimers server;
    private final boolean serverWide;
    private final Duration grace;
    private final Map<String, Promise> promises = new HashMap<>();

    /** The jobs whose last run has said that there is no other. */
    private final Set<String> last = ConcurrentHashMap.newKeySet();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Thread> thread = Optional.empty();

    /**
     * Not looking yet.
     *
     * @param serverWide whether the calls of all timers are seen, guarded or not
     * @param grace how much later than promised a run may start
     */
    TimerWatch(JobTimers timers, Overview overview, ServersTimers server, boolean serverWide, Duration grace) {
        this.timers = timers;
        this.overview = overview;
        this.server = server;
        this.serverWide = serverWide;
        this.grace = grace;
    }

    /** A timer calls its job: what does it say of the next time? */
    void heard(String job, Object timer) {
        if (timers.of(job).isPresent()) {
            TimerPromise promise = TimerPromise.of(timer);
            overview.statistics().promised(job, promise.next());
            if (promise.last()) {
                last.add(job);
            } else if (promise.next().isPresent()) {
                last.remove(job);
            }
        }
    }

    /** Begins to look; without a thread nobody does, and nothing else suffers. */
    void begin() {
        if (timers.all().isEmpty()) {
            return;
        }
        Thread watching = new Thread(null, this::watch, "connection-guard watch " + overview.deployment(), 0, false);
        watching.setDaemon(true);
        watching.setContextClassLoader(TimerWatch.class.getClassLoader());
        try {
            watching.start();
            thread = Optional.of(watching);
        } catch (OutOfMemoryError e) {
            LOG.log(Level.WARNING, Messages.notTold(e));
        }
    }

    private void watch() {
        // In between, and neither so often that it burdens the server nor so seldom that nobody would call it watching.
        Duration usual = Stream.of(SHORTEST, LONGEST, grace.dividedBy(2))
                .sorted()
                .toList()
                .get(1);
        Duration pause = usual;
        try {
            while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                long start = System.nanoTime();
                timers.all().forEach(this::lookSafely);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                pause = Stream.of(usual, took.multipliedBy(SHARE))
                        .max(Duration::compareTo)
                        .orElseThrow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever the server's model throws, the next look may be better; one that is going takes classes away while we look. */
    private void lookSafely(String job, TimerMethod timer) {
        try {
            look(job, timer);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.DEBUG, Messages.notTold(e));
        }
    }

    private void look(String job, TimerMethod timer) {
        Promise promise = promises.computeIfAbsent(
                job, first -> new Promise(job, !timer.schedule().equals(Expiration.PROGRAMMATIC), grace));
        if (!overview.guard().isRunning()) {
            promise.forget();
            return;
        }
        Optional<List<Promise.Timer>> known = server.of(timer.ejbName(), timer.bean())
                .map(all -> all.stream()
                        .filter(each -> timers.isOf(timer, each))
                        .map(each -> new Promise.Timer(each.next(), each.persistent()))
                        .toList());
        JobStatus status = overview.job(job).orElseThrow();
        known.ifPresent(all -> overview.statistics()
                .promised(job, all.stream().map(Promise.Timer::next).min(Instant::compareTo)));
        boolean visible = serverWide || status.protection() == Protection.GUARDED;
        promise.look(overview.guard().now(), known, status, visible, last.contains(job))
                .ifPresent(overview.guard()::tell);
    }

    /** Looks no more. */
    @Override
    public void close() {
        ended.countDown();
        thread.ifPresent(TimerWatch::awaitEnd);
    }

    private static void awaitEnd(Thread watching) {
        try {
            watching.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
