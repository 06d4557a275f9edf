/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.connectionguard.engine.Time;

/** Passes by waits that nobody ends, and when it is told to; counts the waits. For any thread. */
final class PassingTime implements Time {
    /** Longer waits pass at once. */
    volatile Duration longestWait = Duration.ofDays(1);

    private final AtomicLong now = new AtomicLong(SYSTEM.nanos());
    private final AtomicInteger waits = new AtomicInteger();

    void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /** How often somebody has waited. */
    int waits() {
        return waits.get();
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void await(Condition condition, long nanos) throws InterruptedException {
        waits.incrementAndGet();
        if (nanos > longestWait.toNanos() || condition.awaitNanos(nanos) <= 0) {
            now.addAndGet(nanos);
        }
    }

    @Override
    public double random() {
        return SYSTEM.random();
    }
}
