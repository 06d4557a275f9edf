/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.message.Reason;

/**
 * What is known of one data source.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>from</th><th>when</th><th>to</th></tr>
 * <tr><td>HEALTHY, BACK</td><td>a connection is unfit, or a body lost one</td><td>SUSPECT</td></tr>
 * <tr><td>any</td><td>no connection can be had</td><td>UNAVAILABLE</td></tr>
 * <tr><td>UNAVAILABLE</td><td>a connection is fit</td><td>BACK</td></tr>
 * <tr><td>SUSPECT, BACK</td><td>a connection is fit</td><td>HEALTHY</td></tr>
 * </table>
 *
 * <p>Called under the gate's lock, but for {@link #isFresh}, which any thread may call.
 */
final class Health {
    /** What becomes of a connection with a fault of its own: too old, autocommit off, a complaint when it went back. */
    enum OwnFaults {
        /** It is destroyed. */
        EVICT,
        /** It is destroyed with its siblings, so that the next one is new: several in a row had it. */
        SWEEP,
        /** It is let pass: new ones have it too, so it is the way of this data source, and jobs have lived with it. */
        LET_PASS
    }

    /** An outage that is over. */
    record Outage(Reason reason, Duration duration, int failures) {}

    /** Connections made after a sweep are new: when they are unfit too, the server is the reason. */
    private static final int UNFIT_AFTER_A_SWEEP = 3;

    /** Where the pool cannot sweep, so many dead ones may lie in it. */
    private static final int UNFIT_ONE_BY_ONE = 64;

    private static final int OWN_FAULTS_UNTIL_SWEEP = 3;
    private static final int OWN_FAULTS_UNTIL_PASS = 6;

    private final Time time;
    private DataSourceState state = DataSourceState.HEALTHY;
    private int failures;
    private int unfit;
    private int ownFaults;
    private long unavailableSince;
    private long failedAt;
    private long nextAttempt;
    private Optional<Trouble> trouble = Optional.empty();

    /** When a connection was last found alive, and when to a server that takes writes, if that still holds. */
    private volatile Fresh fresh = Fresh.NEVER;

    private record Fresh(boolean alive, long aliveAt, boolean writable, long writableAt) {
        static final Fresh NEVER = new Fresh(false, 0, false, 0);
    }

    Health(Time time) {
        this.time = time;
    }

    DataSourceState state() {
        return state;
    }

    /** Why there was no connection the last time; empty when there was one. */
    Optional<Trouble> trouble() {
        return trouble;
    }

    boolean isHealthy() {
        return state == DataSourceState.HEALTHY;
    }

    boolean isUnavailable() {
        return state == DataSourceState.UNAVAILABLE;
    }

    /** Whether the last failure is so fresh that the database is left alone until {@link #nextAttempt}. */
    boolean isPausing(long patience) {
        return trouble.isPresent() && nextAttempt(patience) - time.nanos() > 0;
    }

    /** @param patience the shortest of those that wait, see {@link #isOldNews} */
    long nextAttempt(long patience) {
        return Deadline.earlier(nextAttempt, failedAt + patience);
    }

    /**
     * Whether there was no connection the last time, but longer ago than a job waits at most: then that is no reason to turn it
     * away. The database may be back since, and without the guard the job would run.
     */
    boolean isOldNews(long patience) {
        return trouble.isPresent() && time.nanos() - failedAt >= patience;
    }

    /** Waiting changes nothing, and it was asked a moment ago. */
    Optional<Trouble> refusal() {
        return trouble.filter(each -> each.reason() == Reason.REFUSED && nextAttempt - time.nanos() > 0);
    }

    /** There is a sign of life: the pause is over. */
    void endPause() {
        nextAttempt = time.nanos();
    }

    /** Whether a validation is so fresh that it is not repeated. */
    boolean isFresh(Duration window, boolean demandsWrites) {
        Fresh last = fresh;
        return demandsWrites
                ? last.writable() && time.nanos() - last.writableAt() < window.toNanos()
                : last.alive() && time.nanos() - last.aliveAt() < window.toNanos();
    }

    /** What becomes of the next connection with a fault of its own. */
    OwnFaults ownFaults() {
        return ownFaults < OWN_FAULTS_UNTIL_SWEEP
                ? OwnFaults.EVICT
                : ownFaults < OWN_FAULTS_UNTIL_PASS ? OwnFaults.SWEEP : OwnFaults.LET_PASS;
    }

    /**
     * A connection is fit: the outage that is over with it, if there was one.
     *
     * @param writable whether it was asked for writes too
     */
    Optional<Outage> fit(boolean writable) {
        Optional<Outage> over = isUnavailable()
                ? Optional.of(new Outage(
                        trouble.map(Trouble::reason).orElse(Reason.DOWN),
                        Duration.ofNanos(time.nanos() - unavailableSince),
                        failures))
                : Optional.empty();
        state = over.isPresent() ? DataSourceState.BACK : DataSourceState.HEALTHY;
        failures = 0;
        unfit = 0;
        trouble = Optional.empty();
        long now = time.nanos();
        fresh = writable ? new Fresh(true, now, true, now) : new Fresh(true, now, fresh.writable(), fresh.writableAt());
        return over;
    }

    /** A connection was as new ones are to be. */
    void withoutOwnFault() {
        ownFaults = 0;
    }

    /** A connection had a fault of its own, which says nothing of the database. */
    void ownFault() {
        ownFaults = Math.min(ownFaults + 1, OWN_FAULTS_UNTIL_PASS);
    }

    /**
     * A connection is unfit in a way that others will be too.
     *
     * @return whether so many were in a row that the server is the reason
     */
    boolean unfit(boolean sweptSiblings) {
        suspect();
        unfit++;
        return unfit >= (sweptSiblings ? UNFIT_AFTER_A_SWEEP : UNFIT_ONE_BY_ONE);
    }

    /** A body lost a connection, or a connection was unfit. */
    void suspect() {
        fresh = Fresh.NEVER;
        if (!isUnavailable()) {
            state = DataSourceState.SUSPECT;
        }
    }

    /**
     * No connection can be had.
     *
     * @return whether this is the begin of an outage
     */
    boolean failed(Trouble why, Settings settings) {
        boolean begins = !isUnavailable();
        if (begins) {
            unavailableSince = time.nanos();
        }
        state = DataSourceState.UNAVAILABLE;
        failures++;
        fresh = Fresh.NEVER;
        trouble = Optional.of(why);
        failedAt = time.nanos();
        // Of what waiting does not mend nobody waits for the end: who comes is told, or asks.
        int pauses = why.reason() == Reason.REFUSED ? 1 : failures;
        nextAttempt = failedAt + Backoff.nanos(pauses, settings, time.random());
        return begins;
    }
}
