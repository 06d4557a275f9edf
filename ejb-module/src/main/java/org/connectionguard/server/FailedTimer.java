/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes, on a server, of a timer whose calls fail; so that those are known which must not. All others may: what a container
 * makes good by calling once more, a call that returns normally would lose.
 */
public enum FailedTimer {
    /** It is called at its next expiration, however often the container repeats this one. */
    GOES_ON {
        @Override
        public boolean wouldEnd(Object timer, Instant now) {
            return false;
        }
    },
    /**
     * It is never called again, after one failure more than the server repeats; and it counts those that the guard does not see: where
     * the bean was locked for too long, or could not be made. So each failure may be the last.
     */
    ENDS {
        @Override
        public boolean wouldEnd(Object timer, Instant now) {
            return TimerPromise.comesAgain(timer, now, Optional.empty());
        }
    },
    /** The call is repeated until one succeeds, with pauses, in which the timer is not called at its expirations. */
    IS_HELD_UP {
        @Override
        public boolean wouldEnd(Object timer, Instant now) {
            return TimerPromise.comesAgain(timer, now, Optional.of(PAUSE));
        }
    };

    /** Open Liberty's. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /**
     * Whether a call must not fail, since the timer would not be called any more, or not at its next expirations.
     *
     * @param now within the call
     */
    public abstract boolean wouldEnd(Object timer, Instant now);
}
