/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadPoolExecutor;

/** How many timers a pool of threads calls at once. Stateless. */
final class TimerThreads {
    /** More than that never line up, and what is shorter may be filled. */
    private static final int LONGEST_LINE = 1 << 20;

    private TimerThreads() {}

    /** Empty: there is no pool. A pool before which work may line up without end does not grow beyond its core. */
    static OptionalInt of(Optional<ThreadPoolExecutor> pool) {
        return pool.map(threads -> OptionalInt.of(
                        threads.getQueue().remainingCapacity() > LONGEST_LINE
                                ? Math.max(1, threads.getCorePoolSize())
                                : threads.getMaximumPoolSize()))
                .orElseGet(OptionalInt::empty);
    }
}
