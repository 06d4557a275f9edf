/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How long a job waits for one of its probes, and what is done meanwhile. Called under the question's lock. */
final class ProbeWatch implements BoundedQuestion.Watch<Outcome> {
    private final Visit visit;
    private final Probe probe;
    private final BooleanSupplier stopped;
    private final Consumer<Connection> aborter;
    private final long timeout;
    private final long stoppedEnd;
    private final long patience;
    private final boolean mayAskInside;
    private boolean ended;
    private boolean poolIsFull;

    /**
     * @param patience how long a connect is waited for before another one is tried beside it; nanoseconds
     * @param stopped whether nobody is to wait any more; then a probe gets one validation time-out in all
     * @param aborter of a connection that is silent
     */
    ProbeWatch(
            Visit visit, Probe probe, long patience, BooleanSupplier stopped, Consumer<Connection> aborter, Time time) {
        this.visit = visit;
        this.probe = probe;
        this.patience = patience;
        this.stopped = stopped;
        this.aborter = aborter;
        this.timeout = visit.settings().validationTimeout().toNanos();
        this.stoppedEnd = time.nanos() + timeout;
        this.mayAskInside = visit.mayAskInside();
    }

    /**
     * Of a probe that nobody waits for: what does not answer it is aborted all the same. Not so what it gives back: somebody else
     * may have that by then.
     */
    static BoundedQuestion.Watch<Outcome> ofLeftBehind(Probe probe, Consumer<Connection> aborter) {
        return (question, now) -> switch (question.phase()) {
            case VALIDATING, EVICTING ->
                whileTalking(question, now, probe.settings().validationTimeout(), aborter);
            case BORROWING, RETURNING, PINNING, DONE -> now;
        };
    }

    /** Whether all of the job's time is over. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the pool has nothing to give, where the job's transaction may have it. */
    boolean isPoolFull() {
        return poolIsFull;
    }

    @Override
    public long nextLook(BoundedQuestion<Outcome> question, long now) {
        long end = stopped.getAsBoolean() ? Deadline.earlier(visit.hardEnd(), stoppedEnd) : visit.hardEnd();
        if (end - now <= 0) {
            ended = true;
            return now;
        }
        return Deadline.earlier(
                end,
                switch (question.phase()) {
                    case BORROWING -> whileBorrowing(now);
                    case VALIDATING, RETURNING, EVICTING ->
                        whileTalking(question, now, visit.settings().validationTimeout(), aborter);
                    case PINNING, DONE -> now + timeout;
                });
    }

    /**
     * A connect may be silent for as long as the network likes; the next one need not be. A pool that has nothing to give may
     * have given it all to this job's own transaction.
     */
    private long whileBorrowing(long now) {
        long late = probe.start() + patience;
        long full = mayAskInside ? Deadline.earlier(late, probe.start() + poolPatience()) : late;
        if (full - now > 0) {
            return full;
        }
        if (probe.waitsForPool()) {
            poolIsFull = mayAskInside && probe.isBeforeFullPool();
            return poolIsFull ? now : now + timeout;
        }
        if (late - now > 0) {
            // It may come to wait for the pool yet.
            return Deadline.earlier(late, now + poolPatience());
        }
        return probe.mayAskBeside() ? late : now + timeout;
    }

    private long poolPatience() {
        return Math.min(timeout, visit.settings().initialBackoff().toNanos());
    }

    /**
     * A probe that begins to validate says nothing of it, which would wake the job at each healthy call: a connection cannot have
     * been silent for a time-out before that time-out from now on.
     */
    private static long whileTalking(
            BoundedQuestion<Outcome> question, long now, Duration timeout, Consumer<Connection> aborter) {
        long silentAt = question.phaseStart() + timeout.toNanos();
        if (silentAt - now > 0) {
            return silentAt;
        }
        question.takeSilent(timeout).ifPresent(aborter);
        return now + timeout.toNanos();
    }
}
