/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Waits until so many bodies have ended. One contest at a time. */
@ApplicationScoped
public class Countdown {
    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong first = new AtomicLong(NEVER);
    private volatile CountDownLatch left = new CountDownLatch(0);

    void expect(int bodies) {
        first.set(NEVER);
        left = new CountDownLatch(bodies);
    }

    void began() {
        first.compareAndSet(NEVER, System.nanoTime());
    }

    void ended() {
        left.countDown();
    }

    /** Nanoseconds from the begin of the first body to the end of the last. */
    long await() throws InterruptedException {
        if (!left.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " bodies have not ended");
        }
        return System.nanoTime() - first.get();
    }
}
