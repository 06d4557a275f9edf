/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;

/**
 * How long one job may be kept, all its data sources together. Immutable.
 *
 * @param start when the job came
 * @param end when it may wait no longer
 */
public record Deadline(long start, long end) {
    /** A deadline from now on. */
    public static Deadline after(Duration wait, Time time) {
        long now = time.nanos();
        return new Deadline(now, now + wait.toNanos());
    }

    /** Nanoseconds left; zero or less once it has passed. */
    long remaining(Time time) {
        return end - time.nanos();
    }

    /** Of two moments of a clock that may wrap around. */
    static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    Duration waited(Time time) {
        return Duration.ofNanos(time.nanos() - start);
    }
}
