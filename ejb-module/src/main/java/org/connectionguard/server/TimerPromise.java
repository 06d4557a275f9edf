/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a timer says, within its own call, of its next one; the only way that every server has. Stateless.
 *
 * @param next when it will expire next
 * @param last whether a calendar timer says that there will be no next time
 */
public record TimerPromise(Optional<Instant> next, boolean last) {
    private static final TimerPromise NOTHING = new TimerPromise(Optional.empty(), false);

    /** @param timer that of the call; another object, or null, where it is no timer's */
    public static TimerPromise of(Object timer) {
        try {
            return timer instanceof Timer known ? ask(known) : NOTHING;
        } catch (RuntimeException | LinkageError e) {
            // One that has expired for good, or was cancelled; or a server without timers.
            return NOTHING;
        }
    }

    private static TimerPromise ask(Timer timer) {
        try {
            return new TimerPromise(Optional.of(timer.getNextTimeout().toInstant()), false);
        } catch (NoMoreTimeoutsException e) {
            return new TimerPromise(Optional.empty(), timer.isCalendarTimer());
        }
    }

    /**
     * Whether the timer may expire again. One that does not say so may; but not one that expires once.
     *
     * @param now within its call
     * @param limit how soon; empty: at any time
     */
    static boolean comesAgain(Object timer, Instant now, Optional<Duration> limit) {
        try {
            return !(timer instanceof Timer known) || comesAgain(known, now, limit);
        } catch (NoMoreTimeoutsException e) {
            return false;
        } catch (RuntimeException | LinkageError e) {
            // One that was cancelled, or a server without timers.
            return true;
        }
    }

    private static boolean comesAgain(Timer timer, Instant now, Optional<Duration> limit) {
        Instant next = timer.getNextTimeout().toInstant();
        // Of one that expires once Open Liberty gives the time that was.
        return (next.isAfter(now) || timer.isCalendarTimer())
                && limit.filter(soon -> next.isAfter(now.plus(soon))).isEmpty();
    }
}
