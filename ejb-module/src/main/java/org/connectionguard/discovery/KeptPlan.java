/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The plan of a method as it was made the last time. Data sources come, go and are re-created while an application runs: so a
 * call that finds the plan older than a second makes it again. That costs one look-up for each data source, some microseconds,
 * which a job of any schedule can afford at each run, and a method that is called a thousand times a second would feel; of
 * several calls at once one makes it, and the others go on with what is known. For any thread.
 */
final class KeptPlan {
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Plan> maker;
    private final LongSupplier nanos;
    private final AtomicLong madeAt;
    private volatile Plan plan;

    /**
     * One that has just been made.
     *
     * @param maker makes the next ones
     * @param nanos the clock
     */
    KeptPlan(Plan first, Supplier<Plan> maker, LongSupplier nanos) {
        this.plan = first;
        this.maker = maker;
        this.nanos = nanos;
        this.madeAt = new AtomicLong(nanos.getAsLong());
    }

    /** As it was made the last time. */
    Plan latest() {
        return plan;
    }

    /**
     * As it is now, give or take a second.
     *
     * @throws org.connectionguard.GuardDefinitionException when what the annotation names has become something else
     */
    Plan current() {
        long before = madeAt.get();
        long now = nanos.getAsLong();
        if (now - before >= FRESH.toNanos() && madeAt.compareAndSet(before, now)) {
            plan = maker.get();
        }
        return plan;
    }
}
