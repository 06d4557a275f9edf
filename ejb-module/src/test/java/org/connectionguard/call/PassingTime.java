/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.connectionguard.engine.Time;

/** The time of the machine, which can be helped along, and counts the waits. For any thread. */
final class PassingTime implements Time {
    /** Longer waits pass at once. */
    volatile Duration longestWait = Duration.ofDays(1);

    private final AtomicLong ahead = new AtomicLong();
    private final AtomicInteger waits = new AtomicInteger();

    void pass(Duration duration) {
        ahead.addAndGet(duration.toNanos());
    }

    /** How often somebody has waited. */
    int waits() {
        return waits.get();
    }

    @Override
    public long nanos() {
        return SYSTEM.nanos() + ahead.get();
    }

    @Override
    public void await(Condition condition, long nanos) throws InterruptedException {
        waits.incrementAndGet();
        if (nanos > longestWait.toNanos()) {
            ahead.addAndGet(nanos);
        } else {
            SYSTEM.await(condition, nanos);
        }
    }

    @Override
    public double random() {
        return SYSTEM.random();
    }
}
