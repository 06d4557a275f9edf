/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.connectionguard.config.Settings;
import org.connectionguard.pool.PoolControl;

/**
 * The thread that asks one data source, and what it is doing: one errand at a time, which may never come back. Called under
 * the gate's lock, by the job that holds the turn, or by one that lost its connection.
 */
final class Prober {
    private final Executor helper;
    private final Executor aborter;
    private final Gate.Shared shared;
    private final Time time;
    private final Condition changed;
    private Errand errand = new Errand.None();

    /**
     * @param helper runs errands, one after another, on a thread of its own
     * @param aborter runs {@code Connection.abort}
     */
    Prober(Executor helper, Executor aborter, Gate.Shared shared) {
        this.helper = helper;
        this.aborter = aborter;
        this.shared = shared;
        this.time = shared.time();
        this.changed = shared.changed();
    }

    /** Whether an errand has not come back yet: then there is no other, until it does. */
    boolean isBusy() {
        return !errand.isDone();
    }

    /**
     * Waits for the probe's answer. A connection that does not answer within the validation time-out is aborted, which lets
     * the probe go on.
     *
     * @param end when the wait is over
     * @param stopped whether nobody is to wait any more; then a probe gets one validation time-out in all
     * @return empty when it was over before the probe came back, which is then abandoned
     */
    Optional<Probe.Outcome> ask(Probe probe, Settings settings, long end, BooleanSupplier stopped)
            throws InterruptedException {
        long stoppedEnd = Deadline.earlier(
                end, time.nanos() + settings.validationTimeout().toNanos());
        send(probe);
        try {
            while (!probe.isDone()) {
                long now = time.nanos();
                long bound = stopped.getAsBoolean() ? stoppedEnd : end;
                if (bound - now <= 0) {
                    return Optional.empty();
                }
                time.await(changed, Deadline.earlier(bound, nextLook(probe, settings, now)) - now);
            }
            return probe.outcome();
        } finally {
            probe.abandon();
        }
    }

    /**
     * When to look at the probe again, should it not come back before. Aborts a connection that was silent for too long. A
     * probe that begins to validate says nothing of it, which would wake the job at each healthy call: a connection cannot
     * have been silent for a time-out before that time-out from now on.
     */
    private long nextLook(Probe probe, Settings settings, long now) {
        long timeout = settings.validationTimeout().toNanos();
        if (probe.phase() != Probe.Phase.VALIDATING) {
            return now + timeout;
        }
        long silentAt = probe.phaseStart() + timeout;
        if (silentAt - now > 0) {
            return silentAt;
        }
        probe.takeSilent(settings.validationTimeout()).ifPresent(this::abort);
        return now + timeout;
    }

    /** Sweeps, and waits so long for it at most. */
    void sweep(PoolControl pool, Duration patience) throws InterruptedException {
        Errand.Sweep task = new Errand.Sweep(pool, shared);
        send(task);
        long end = time.nanos() + patience.toNanos();
        while (!task.isDone() && end - time.nanos() > 0) {
            time.await(changed, end - time.nanos());
        }
    }

    private void send(Errand task) {
        errand = task;
        helper.execute(task);
    }

    /** On a thread of its own: JDBC says that abort does not block, and we trust no driver. */
    private void abort(Connection silent) {
        aborter.execute(() -> {
            try {
                silent.abort(Runnable::run);
            } catch (SQLException | RuntimeException e) {
                // Then it stays silent, and its probe is reported as stuck.
            }
        });
    }
}
