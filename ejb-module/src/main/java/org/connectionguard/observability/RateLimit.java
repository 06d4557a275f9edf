/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.engine.Time;

/** Lets so many lines of one cause through in a minute, and counts the rest for the first one after it. For any thread. */
final class RateLimit {
    /** A person reads that many; more of the same say nothing new. */
    static final int LINES = 10;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Time time;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    RateLimit(Time time) {
        this.time = time;
    }

    /**
     * Whether a line may be written; then, how many were not, in the minute before.
     *
     * @param cause what the lines have in common; as many as there are jobs and data sources
     */
    OptionalInt admit(String cause) {
        return windows.computeIfAbsent(cause, first -> new Window()).admit(time.nanos());
    }

    private static final class Window {
        private boolean begun;
        private long start;
        private int lines;

        synchronized OptionalInt admit(long now) {
            int left = 0;
            if (!begun || now - start >= WINDOW.toNanos()) {
                left = Math.max(0, lines - LINES);
                begun = true;
                start = now;
                lines = 0;
            }
            lines++;
            return lines <= LINES ? OptionalInt.of(left) : OptionalInt.empty();
        }
    }
}
