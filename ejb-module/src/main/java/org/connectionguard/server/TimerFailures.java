/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.engine.Time;

/**
 * Which calls of timers must not fail, since the server would not call the timer any more, or not at its next expirations. All
 * others may: what a container makes good by calling once more, a call that returns normally would lose. For any thread.
 */
public final class TimerFailures {
    /** What becomes of a timer whose calls fail. */
    public enum Consequence {
        /** It is called at its next expiration, however often the container repeats this one. */
        GOES_ON,
        /** The call is repeated once, after a moment; if that fails too, the timer is never called again. */
        ENDS,
        /** The call is repeated until one succeeds, with pauses, in which the timer is not called at its expirations. */
        IS_HELD_UP
    }

    /** The longest pause, and longer than a container takes to repeat a call: Open Liberty's is this, GlassFish's are five seconds. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Consequence consequence;
    private final Time time;

    /** When the last call of each timer was over, the oldest first; of those that may be repeated yet. */
    private final Map<Object, Long> over = new LinkedHashMap<>();

    /** No timer has called yet. */
    public TimerFailures(Consequence consequence, Time time) {
        this.consequence = consequence;
        this.time = time;
    }

    /** Whether a call that begins now must not fail. */
    public boolean wouldEnd(Object timer) {
        return switch (consequence) {
            case GOES_ON -> false;
            // The first failure costs nothing.
            case ENDS -> mayBeRepeated(timer) && TimerPromise.comesAgain(timer, time.now(), Optional.empty());
            case IS_HELD_UP -> TimerPromise.comesAgain(timer, time.now(), Optional.of(PAUSE));
        };
    }

    /** A call is over, however it ended: should it be repeated, that is the next one. */
    public void over(Object timer) {
        if (consequence == Consequence.ENDS) {
            synchronized (over) {
                forgetOld();
                over.remove(timer);
                over.put(timer, time.nanos());
            }
        }
    }

    private boolean mayBeRepeated(Object timer) {
        synchronized (over) {
            forgetOld();
            return over.containsKey(timer);
        }
    }

    private void forgetOld() {
        long old = time.nanos() - PAUSE.toNanos();
        Iterator<Long> oldest = over.values().iterator();
        while (oldest.hasNext() && oldest.next() - old < 0) {
            oldest.remove();
        }
    }
}
