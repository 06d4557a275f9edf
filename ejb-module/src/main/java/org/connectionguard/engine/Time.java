/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;

/** The clock, the waiting and the dice: the seam through which the engine's tests move time. For any thread. */
public interface Time {
    /** The time of the machine. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
            // A signal, the time, or nothing at all: every caller asks its own question again.
            condition.awaitNanos(nanos);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /** Nanoseconds since some moment; only differences mean anything. */
    long nanos();

    /** The time of day, for what is told. */
    default Instant now() {
        return Instant.now();
    }

    /** Waits for a signal, at most so long; may return earlier. The caller holds the condition's lock. */
    void await(Condition condition, long nanos) throws InterruptedException;

    /** Evenly spread from 0 (inclusive) to 1 (exclusive). */
    double random();
}
