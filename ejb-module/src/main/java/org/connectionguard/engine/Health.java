/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.config.Settings;

/**
 * What is known of one data source.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>from</th><th>when</th><th>to</th></tr>
 * <tr><td>HEALTHY, BACK</td><td>a connection is unfit, or a body lost one</td><td>SUSPECT</td></tr>
 * <tr><td>any</td><td>no connection can be had</td><td>DOWN</td></tr>
 * <tr><td>DOWN</td><td>a connection is fit</td><td>BACK</td></tr>
 * <tr><td>SUSPECT, BACK</td><td>a connection is fit</td><td>HEALTHY</td></tr>
 * </table>
 *
 * <p>Called under the gate's lock, but for {@link #isFresh}, which any thread may call.
 */
final class Health {
    /** The states. */
    enum State {
        /** The last connection asked was fit. */
        HEALTHY,
        /** The last one was not, or a body lost one; its siblings were swept. */
        SUSPECT,
        /** No connection can be had; one prober asks, with backoff. */
        DOWN,
        /** The first fit one after DOWN. */
        BACK
    }

    /** An outage that is over. */
    record Outage(Duration duration, int failures) {}

    private final Time time;
    private State state = State.HEALTHY;
    private int failures;
    private int unfit;
    private long downSince;
    private long nextAttempt;
    private Optional<Verdict.Unavailable> lastFailure = Optional.empty();

    /** When a connection was last found fit, if what was found still holds; read without the lock. */
    private volatile long fitAt;

    private volatile boolean fit;

    Health(Time time) {
        this.time = time;
    }

    State state() {
        return state;
    }

    /** Failed attempts in a row. */
    int failures() {
        return failures;
    }

    /** Why there was no connection the last time; empty when there was one. */
    Optional<Verdict.Unavailable> lastFailure() {
        return lastFailure;
    }

    boolean isDown() {
        return state == State.DOWN;
    }

    /** Whether the last failure is so fresh that the database is left alone until {@link #nextAttempt}. */
    boolean isPausing() {
        return lastFailure.isPresent() && nextAttempt - time.nanos() > 0;
    }

    long nextAttempt() {
        return nextAttempt;
    }

    /** Whether a validation is so fresh that it is not repeated. */
    boolean isFresh(Duration window) {
        return fit && time.nanos() - fitAt < window.toNanos();
    }

    /** A connection is fit: the outage that is over with it, if there was one. */
    Optional<Outage> fit() {
        Optional<Outage> over = isDown()
                ? Optional.of(new Outage(Duration.ofNanos(time.nanos() - downSince), failures))
                : Optional.empty();
        state = over.isPresent() ? State.BACK : State.HEALTHY;
        failures = 0;
        unfit = 0;
        lastFailure = Optional.empty();
        fitAt = time.nanos();
        fit = true;
        return over;
    }

    /**
     * A connection is unfit.
     *
     * @return how many were in a row
     */
    int unfit() {
        suspect();
        return ++unfit;
    }

    /** A body lost a connection, or got an unfit one into its transaction. */
    void suspect() {
        fit = false;
        if (!isDown()) {
            state = State.SUSPECT;
        }
    }

    /**
     * No connection can be had.
     *
     * @return whether this is the begin of an outage
     */
    boolean failed(Verdict.Unavailable failure, Settings settings) {
        boolean begins = !isDown();
        if (begins) {
            downSince = time.nanos();
        }
        state = State.DOWN;
        failures++;
        fit = false;
        lastFailure = Optional.of(failure);
        nextAttempt = time.nanos() + Backoff.nanos(failures, settings, time.random());
        return begins;
    }
}
