/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.connectionguard.GuardEvent;
import org.connectionguard.pool.Pools;

/**
 * The gates of one deployment, one for each data source, with threads of their own, so that no data source can hold another up.
 * A data source that is gone takes its gate along. For any thread.
 */
public final class Guard implements AutoCloseable {
    /** Whether jobs may wait. */
    private enum State {
        RUNNING,
        SUSPENDED,
        CLOSED
    }

    /** Weak, since the guard of a server outlives the data sources of its applications; no gate holds its data source. */
    private final Map<DataSource, Gate> gates = Collections.synchronizedMap(new WeakHashMap<>());

    private final List<GuardListener> listeners;
    private final Time time;
    private final Pools pools;
    private final SafeListener listener;
    private final Object stateLock = new Object();
    private volatile State state = State.RUNNING;

    /** A guard without gates; they come with the first job of each data source. */
    public Guard(List<GuardListener> listeners, Time time) {
        this(listeners, time, new Pools());
    }

    /** As above, before these pools. */
    public Guard(List<GuardListener> listeners, Time time, Pools pools) {
        this.listeners = List.copyOf(listeners);
        this.listener = new SafeListener(listeners);
        this.time = time;
        this.pools = pools;
    }

    /** The gate of a data source. The first name that it is asked by is the one it is known by. */
    public Gate gate(Target target) {
        return gates.computeIfAbsent(target.dataSource(), dataSource -> {
            Gate gate = new Gate(
                    target.name(),
                    Threads.named("connection-guard " + target.name()),
                    Threads.spare("connection-guard spare " + target.name()),
                    () -> state != State.RUNNING,
                    time,
                    pools,
                    listeners);
            if (state == State.CLOSED) {
                gate.close();
            }
            return gate;
        });
    }

    /** A deadline from now on. */
    public Deadline deadline(Duration wait) {
        return Deadline.after(wait, time);
    }

    /** How much of a deadline is left; less than nothing once it has passed. */
    public Duration left(Deadline deadline) {
        return Duration.ofNanos(deadline.remaining(time));
    }

    /** How long ago a job was let through: {@link Verdict.Live#at}. */
    public Duration since(long at) {
        return Duration.ofNanos(time.nanos() - at);
    }

    /** Tells all listeners. */
    public void tell(GuardEvent event) {
        listener.tell(event);
    }

    /** The time of day. */
    public Instant now() {
        return time.now();
    }

    /** Nanoseconds by the engine's clock. */
    public long nanos() {
        return time.nanos();
    }

    /** To be told of what a body threw. Returns at once, and throws nothing. */
    public void bodyFailed(List<Target> targets, Throwable thrown) {
        if (state == State.RUNNING) {
            targets.forEach(target -> gate(target).bodyFailed(target, thrown));
        }
    }

    /** Whether jobs may wait: the server is neither suspended nor stopping. */
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Ends all waits at once, and allows no new ones, until {@link #resume}: who finds a live connection passes. */
    public void suspend() {
        become(State.SUSPENDED);
    }

    /** Jobs may wait again; unless all is over. */
    public void resume() {
        become(State.RUNNING);
    }

    /** Ends all waits for good. Who finds a live connection still passes. */
    public void stop() {
        become(State.CLOSED);
    }

    /** Ends all waits for good, and all threads that come back. */
    @Override
    public void close() {
        stop();
        gates().forEach(Gate::close);
    }

    private void become(State next) {
        synchronized (stateLock) {
            if (state != State.CLOSED) {
                state = next;
            }
        }
        gates().forEach(Gate::wake);
    }

    /** The gate of a data source that was asked for by this name, if there is one. */
    public Optional<Gate> gate(String name) {
        // Of one that came later than its name there may be two for a while: one has had no connection.
        return gates().stream()
                .filter(gate -> gate.name().equals(name))
                .min(Comparator.comparing(gate -> gate.control().isEmpty()));
    }

    private List<Gate> gates() {
        synchronized (gates) {
            return List.copyOf(gates.values());
        }
    }
}
