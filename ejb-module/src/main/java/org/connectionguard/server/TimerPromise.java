/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.Timer;
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
}
