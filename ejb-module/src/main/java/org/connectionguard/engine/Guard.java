/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.connectionguard.database.Failure;
import org.connectionguard.pool.Pools;

/**
 * The gates of one deployment, one for each data source, and their threads: one a gate for asking and one for aborting, so
 * that no data source can hold another up. A thread ends after ten idle seconds. For any thread.
 */
public final class Guard implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final Map<DataSource, Gate> gates = new ConcurrentHashMap<>();
    private final Queue<ExecutorService> threads = new ConcurrentLinkedQueue<>();
    private final Pools pools = new Pools();
    private final SafeListener listener;
    private final Time time;
    private volatile boolean stopped;

    /** A guard without gates; they come with the first job of each data source. */
    public Guard(List<GuardListener> listeners, Time time) {
        this.listener = new SafeListener(listeners);
        this.time = time;
    }

    /** The gate of a data source. The first name that it is asked by is the one it is known by. */
    public Gate gate(Target target) {
        return gates.computeIfAbsent(
                target.dataSource(),
                dataSource -> new Gate(
                        target.name(),
                        dataSource,
                        thread("connection-guard " + target.name()),
                        thread("connection-guard abort " + target.name()),
                        () -> stopped,
                        Gate.Shared.of(time, pools),
                        listener));
    }

    /** A deadline from now on. */
    public Deadline deadline(Duration wait) {
        return Deadline.after(wait, time);
    }

    /** To be told of what a body threw: after a lost connection the idle ones are swept. */
    public void bodyFailed(List<Target> targets, Throwable thrown) {
        if (Failure.isLostConnection(thrown, Optional.empty())) {
            for (Target target : targets) {
                gate(target).lost(target.settings());
            }
        }
    }

    /** Ends all waits at once, and allows no new ones, until {@link #resume}: who finds a live connection passes. */
    public void suspend() {
        stopped = true;
        gates.values().forEach(Gate::wake);
    }

    /** Jobs may wait again. */
    public void resume() {
        stopped = false;
    }

    /** Ends all waits, and all threads that come back. */
    @Override
    public void close() {
        suspend();
        threads.forEach(ExecutorService::shutdownNow);
    }

    private ExecutorService thread(String name) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        threads.add(executor);
        return executor;
    }
}
