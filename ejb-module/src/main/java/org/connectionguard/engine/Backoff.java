/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import org.connectionguard.config.Settings;

/** How long to leave a failing database alone: doubling from the initial to the largest pause, ±20 %. Stateless. */
final class Backoff {
    private static final double JITTER = 0.2;

    private Backoff() {}

    /** Nanoseconds until the next attempt, after so many failed ones in a row. */
    static long nanos(int failures, Settings settings, double random) {
        double initial = settings.initialBackoff().toNanos();
        double pause = Math.min(
                initial * Math.pow(2, failures - 1.0), settings.maxBackoff().toNanos());
        return (long) (pause * (1 - JITTER + 2 * JITTER * random));
    }
}
