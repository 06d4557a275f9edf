/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.connectionguard.GuardEvent;
import org.connectionguard.engine.Time;
import org.connectionguard.message.Messages;

/**
 * CDI's observers: the application's code, which may be slow, throw, or never return. So it is called on a thread of its own, one
 * event after the other; those that come while too many wait are dropped. For any thread.
 */
public final class CdiChannel implements Channel {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** Some minutes of a busy application; some hundred kilobytes. */
    static final int WAITING = 1000;

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final Consumer<GuardEvent> observers;
    private final BlockingQueue<GuardEvent> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final RateLimit limit = new RateLimit(Time.SYSTEM);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Tells from now on.
     *
     * @param observers are called with the context class loader that the calling thread has now
     * @throws OutOfMemoryError where no thread can be started
     */
    public CdiChannel(String deployment, Consumer<GuardEvent> observers) {
        this.observers = observers;
        // It inherits nothing else of the deploying thread's.
        this.thread = new Thread(null, this::tell, "connection-guard events " + deployment, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
    }

    @Override
    public void heard(GuardEvent event) {
        if (!waiting.offer(event)) {
            dropped.incrementAndGet();
            limit.admit("dropped").ifPresent(more -> LOG.log(Level.WARNING, Messages.observersTooSlow(dropped.get())));
        }
    }

    private void tell() {
        try {
            // Not only an interruption ends it: an observer may swallow one.
            while (!closed) {
                tell(waiting.take());
            }
        } catch (InterruptedException e) {
            // The application is gone.
        }
    }

    private void tell(GuardEvent event) {
        try {
            observers.accept(event);
        } catch (RuntimeException | Error e) {
            limit.admit(e.getClass().getName())
                    .ifPresent(more -> LOG.log(Level.WARNING, Messages.observerFailed(event, e), e));
        }
    }

    /** Who is still in an observer is interrupted, and not waited for longer than a moment. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
