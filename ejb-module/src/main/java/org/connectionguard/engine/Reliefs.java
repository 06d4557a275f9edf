/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;

/**
 * When a pool whose own threads are held up by the network is given another one. Each is lost for as long as the network likes:
 * so the pause doubles from one to the next, until the database gives a sign of life. Called under the gate's lock.
 */
final class Reliefs {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Time time;
    /** Zero: none was made yet. */
    private long pause;

    private long next;

    Reliefs(Time time) {
        this.time = time;
    }

    /** Whether it is time for one, which the caller then makes. */
    boolean isDue() {
        long now = time.nanos();
        boolean due = pause == 0 || next - now <= 0;
        if (due) {
            pause = pause == 0 ? FIRST_PAUSE.toNanos() : Math.min(2 * pause, Long.MAX_VALUE / 4);
            next = now + pause;
        }
        return due;
    }

    /** The next one is the first. */
    void signOfLife() {
        pause = 0;
    }
}
