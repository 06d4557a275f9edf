/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.connectionguard.config.Settings;

/**
 * The probes of one gate that nobody waits for any more, and that are not back: the more of them since the database last gave a
 * sign of life, the rarer the attempts that are made beside them. Those that were under way together count as one attempt. Called
 * under the gate's lock, but for {@link #isMany}.
 */
final class LeftBehind {
    /** Each keeps a thread and a connection, perhaps for ever: beside so many a job asks no more than it would without a guard. */
    static final int MANY = 32;

    private final Time time;
    private final Set<Probe> probes = new LinkedHashSet<>();
    private volatile boolean many;
    private int attempts;
    private long lastLeft;
    private long nextAttempt;

    LeftBehind(Time time) {
        this.time = time;
    }

    int size() {
        return probes.size();
    }

    /** Whether they are as many as are borne, from however many silences. For any thread. */
    boolean isMany() {
        return many;
    }

    Stream<Probe> stream() {
        return probes.stream();
    }

    boolean isEmpty() {
        return probes.isEmpty();
    }

    /** One more, whose silence postpones nothing. */
    void add(Probe probe) {
        probes.add(probe);
        many = probes.size() >= MANY;
    }

    /** The next attempt is made after twice the pause. */
    void postpone(Probe probe) {
        if (attempts == 0 || probe.start() - lastLeft >= 0) {
            attempts++;
        }
        lastLeft = time.nanos();
        nextAttempt = probe.start() + doubled(probe.settings(), attempts - 1);
    }

    void remove(Probe probe) {
        probes.remove(probe);
        many = probes.size() >= MANY;
        if (probes.isEmpty()) {
            signOfLife();
        }
    }

    /** There is one: whatever is not back from an earlier silence says nothing of the next one. */
    void signOfLife() {
        attempts = 0;
    }

    /** Whether the next attempt is not to be made yet. */
    boolean isPausing(long now) {
        return attempts > 0 && !probes.isEmpty() && nextAttempt - now > 0;
    }

    /** While it is pausing. */
    long nextAttempt() {
        return nextAttempt;
    }

    /** How long the next connect is waited for before another one is tried beside it; nanoseconds. */
    long patience(Settings settings) {
        return doubled(settings, attempts);
    }

    private static long doubled(Settings settings, int times) {
        long nanos = settings.validationTimeout().toNanos();
        return nanos << Math.min(times, Long.numberOfLeadingZeros(nanos) - 2);
    }
}
