/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.config.Settings;
import org.connectionguard.database.Failure;
import org.connectionguard.message.Messages;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;

/**
 * Says no, in the words of one gate: what is wrong, and for the job that is turned away which data source it was, how long
 * it was tried and what to do. Called under the gate's lock.
 */
record Refusals(String name, Health health, Pools pools, Time time) {

    // What is wrong with the data source: kept, and told again to each job.

    /** What a failed checkout says. */
    Verdict.Unavailable failure(Throwable thrown) {
        return new Verdict.Unavailable(reason(thrown), Failure.describe(thrown), Optional.of(thrown), false);
    }

    /** Nothing came back in time, from the pool or from beyond it. */
    Verdict.Unavailable noAnswer(boolean fromPool, Duration after) {
        return fromPool
                ? failure(Reason.EXHAUSTED, Messages.poolGivesNone(after))
                : failure(Reason.SILENT, Messages.noAnswer(after));
    }

    /** Connections come, and they will not do. */
    Verdict.Unavailable unfit(String why) {
        return failure(Reason.UNFIT, why);
    }

    private Reason reason(Throwable failure) {
        if (pools.isExhausted(failure)) {
            return Reason.EXHAUSTED;
        }
        return switch (Failure.meaning(failure, Optional.empty())) {
            case PERMANENT -> Reason.REFUSED;
            case EXHAUSTED -> Reason.EXHAUSTED;
            case TRANSIENT, UNKNOWN -> Reason.DOWN;
        };
    }

    private static Verdict.Unavailable failure(Reason reason, String detail) {
        return new Verdict.Unavailable(reason, detail, Optional.empty(), false);
    }

    // Why this job is turned away.

    Verdict.Unavailable timedOut(Deadline deadline) {
        return told(health.lastFailure().orElseGet(() -> failure(Reason.SILENT, Messages.noTurn())), false, deadline);
    }

    Verdict.Unavailable crowded(Settings settings, Deadline deadline) {
        Optional<Verdict.Unavailable> last = health.lastFailure();
        String detail = Messages.crowded(
                settings.maxWaitingJobs(),
                last.map(Verdict.Unavailable::message).orElse(""));
        return told(
                new Verdict.Unavailable(Reason.CROWDED, detail, last.flatMap(Verdict.Unavailable::cause), false),
                false,
                deadline);
    }

    Verdict.Unavailable stopped(boolean doomed, Deadline deadline) {
        return told(failure(Reason.STOPPED, Messages.stopped()), doomed, deadline);
    }

    Verdict.Unavailable interrupted(InterruptedException cause, boolean doomed, Deadline deadline) {
        return told(
                new Verdict.Unavailable(Reason.INTERRUPTED, Messages.interrupted(), Optional.of(cause), false),
                doomed,
                deadline);
    }

    Verdict.Unavailable deadInTransaction(String why, Deadline deadline) {
        return told(failure(Reason.UNFIT, Messages.deadInTransaction(why)), true, deadline);
    }

    /** A failure, as this job is told of it. */
    Verdict.Unavailable told(Verdict.Unavailable failure, boolean doomed, Deadline deadline) {
        String message = Messages.unavailable(
                name, failure.reason(), failure.message(), deadline.waited(time), health.failures());
        return new Verdict.Unavailable(failure.reason(), message, failure.cause(), doomed);
    }
}
