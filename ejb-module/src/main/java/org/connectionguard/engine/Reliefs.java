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
    private long pause;
    private long next;

    /** None was made yet. */
    Reliefs(Time time) {
        this.time = time;
        signOfLife();
    }

    /** Whether it is time for one, which the caller then makes. */
    boolean isDue() {
        long now = time.nanos();
        boolean due = next - now <= 0;
        if (due) {
            next = now + pause;
            pause = Math.min(2 * pause, Long.MAX_VALUE / 4);
        }
        return due;
    }

    /** The next one is the first. */
    void signOfLife() {
        pause = FIRST_PAUSE.toNanos();
        next = time.nanos();
    }
}
