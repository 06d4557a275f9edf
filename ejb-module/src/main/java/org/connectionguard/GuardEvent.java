/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that the guard did or saw. Observe it in CDI, all or one kind:
 *
 * <pre>{@code
 * void ended(@Observes GuardEvent.RunEnded run) {
 *     if (!run.outcome().ranBody()) { … }
 * }
 * }</pre>
 *
 * <p>Observers are called one event after the other, on a thread of the guard's and soon after it happened: they can neither
 * delay a job nor fail it. Where they do not keep up, the newest events are dropped, which the log says. All of them are
 * immutable, and none holds an URL, a user or a password.
 */
public sealed interface GuardEvent {
    /**
     * When it happened.
     *
     * @return by the server's clock
     */
    Instant at();

    /** An event of one job. A job is a method that the guard sees called: {@code DefectTrendJob.gather}. */
    sealed interface OfJob extends GuardEvent {
        /**
         * The job.
         *
         * @return its short name: class and method; with the package where two would have the same
         */
        String job();
    }

    /** An event of one data source. */
    sealed interface OfDataSource extends GuardEvent {
        /**
         * The data source.
         *
         * @return the first of its JNDI names that the guard was asked for
         */
        String dataSource();
    }

    /**
     * The container has called a job.
     *
     * @param at when
     * @param job its name
     * @param run the number of the call, counted in this deployment
     */
    record RunStarted(Instant at, String job, long run) implements OfJob {}

    /**
     * The call is over.
     *
     * @param at when
     * @param job its name
     * @param run the number of the call
     * @param duration of the whole call
     * @param guarded how much of that passed before the body began, or was refused
     * @param evicted how many dead connections were destroyed on its way
     * @param outcome how it ended
     * @param reason why it did not end well, with the id of the log's line; empty where it did
     */
    record RunEnded(
            Instant at,
            String job,
            long run,
            Duration duration,
            Duration guarded,
            int evicted,
            RunOutcome outcome,
            String reason)
            implements OfJob {}

    /**
     * A data source gave a job no live connection.
     *
     * @param at when
     * @param job its name
     * @param run the number of the call
     * @param dataSource the data source
     * @param reason the kind of trouble in a word: {@code down}, {@code silent}, {@code exhausted}, {@code refused},
     *     {@code unfit}, {@code crowded}, …
     * @param message what was tried, how long, what to do
     * @param decision what becomes of the job
     */
    record TurnedAway(
            Instant at, String job, long run, String dataSource, String reason, String message, Decision decision)
            implements OfJob, OfDataSource {
        /** What becomes of a job that was turned away. */
        public enum Decision {
            /** It fails: {@link OnUnavailable#FAIL}. */
            REFUSED,
            /** Its body is left out: {@link OnUnavailable#SKIP}. */
            SKIPPED,
            /** It fails, and its body is left out, since the exception would end its schedule. */
            LEFT_OUT,
            /** Its body is put off: {@link OnUnavailable#LATER}. */
            PUT_OFF,
            /** Its body runs all the same: {@link OnUnavailable#PROCEED}. */
            PROCEEDS
        }
    }

    /**
     * A run that was put off is put off no more.
     *
     * @param at when
     * @param job its name
     * @param since when the first of the expirations was put off that it stands for
     * @param expirations how many these are; a call that the container has repeated counts again
     * @param end what became of it
     */
    record DeferralEnded(Instant at, String job, Instant since, int expirations, End end) implements OfJob {
        /** What became of a run that was put off. */
        public enum End {
            /** It was made up: its body has come to its end. */
            MADE_UP,
            /** It is needless: the timer's next expiration has come, whose run stands for it as well. */
            SUPERSEDED,
            /** It was made up, and its body failed, twice. */
            FAILED,
            /** It was too late: {@code connection-guard.later-expires-after}. */
            EXPIRED,
            /** Its timer was cancelled meanwhile. */
            CANCELLED,
            /** The application is undeployed, or the server stops; the server keeps its timer, which is persistent. */
            KEPT_BY_SERVER,
            /** The application is undeployed, or the server stops: it is dropped. */
            STOPPED
        }
    }

    /**
     * The server has promised a run that did not start.
     *
     * @param at when that was found
     * @param job its name
     * @param promised when it should have started
     */
    record Overdue(Instant at, String job, Instant promised) implements OfJob {}

    /**
     * The server has no timer for the job any more: it will not run again.
     *
     * @param at when that was found
     * @param job its name
     * @param expected whether its schedule has come to its end; else somebody, or the server, has thrown its timer away
     */
    record ScheduleEnded(Instant at, String job, boolean expected) implements OfJob {}

    /**
     * A connection was asked.
     *
     * @param at when
     * @param dataSource the data source
     * @param result what came of it
     * @param duration of the question
     */
    record Validated(Instant at, String dataSource, Result result, Duration duration) implements OfDataSource {
        /** What came of a question. */
        public enum Result {
            /** It is fit. */
            ALIVE,
            /** It is dead. */
            DEAD,
            /** It did not answer in time. */
            SILENT,
            /** It is alive, and does not give what was demanded: its server is read-only. */
            UNFIT
        }
    }

    /**
     * A pooled connection was destroyed.
     *
     * @param at when
     * @param dataSource the data source
     * @param cause the kind of fault
     * @param why in words
     * @param siblings whether what was idle in its pool was destroyed with it
     */
    record Evicted(Instant at, String dataSource, Cause cause, String why, boolean siblings) implements OfDataSource {
        /** What was wrong with a connection. */
        public enum Cause {
            /** It was dead. */
            DEAD,
            /** It did not answer in time. */
            SILENT,
            /** It was older than {@code max-age}. */
            AGED,
            /** Its server was read-only, its autocommit off, or it went back with an exception. */
            UNFIT
        }
    }

    /**
     * A job has waited for a data source; its verdict is in its {@link RunEnded}.
     *
     * @param at when its wait was over
     * @param dataSource the data source
     * @param duration of the wait
     */
    record Waited(Instant at, String dataSource, Duration duration) implements OfDataSource {}

    /**
     * Jobs wait, and nothing has answered them; said once, and not of an outage.
     *
     * @param at when
     * @param dataSource the data source
     * @param jobs how many
     * @param silence for how long
     */
    record JobsWaiting(Instant at, String dataSource, int jobs, Duration silence) implements OfDataSource {}

    /**
     * What the guard thinks of a data source has changed.
     *
     * @param at when
     * @param dataSource the data source
     * @param state what it is now
     */
    record StateChanged(Instant at, String dataSource, DataSourceState state) implements OfDataSource {}

    /**
     * A data source gives no connections any more; said once per outage.
     *
     * @param at when
     * @param dataSource the data source
     * @param reason the kind of trouble in a word
     * @param detail in the driver's words
     */
    record OutageBegan(Instant at, String dataSource, String reason, String detail) implements OfDataSource {}

    /**
     * It gives them again; said once per outage, and where jobs were said to wait.
     *
     * @param at when
     * @param dataSource the data source
     * @param reason why it gave none in the end; {@code silent} where there was only silence
     * @param duration of the outage, from the first failure to the first success
     * @param attempts that failed; none where there was only silence
     */
    record OutageEnded(Instant at, String dataSource, String reason, Duration duration, int attempts)
            implements OfDataSource {}

    /**
     * Something asked of pool or driver does not return.
     *
     * @param at when
     * @param dataSource the data source
     * @param phase what it was asked for
     * @param threads how many are left to it by now
     */
    record Stuck(Instant at, String dataSource, String phase, int threads) implements OfDataSource {}

    /**
     * Something else that is worth a line in the log.
     *
     * @param at when
     * @param dataSource the data source
     * @param kind what it is
     * @param detail in the driver's words, or a class's name
     */
    record Noted(Instant at, String dataSource, Kind kind, String detail) implements OfDataSource {
        /** What is worth a line. */
        public enum Kind {
            /** A body lost a connection while it ran; the data source is asked. */
            BODY_LOST_CONNECTION,
            /** A connection is alive, and what else was demanded of it could not be asked. */
            DOUBTED,
            /** It is not bound to a job's transaction, where another one is not XA either. */
            UNBOUND,
            /** The pool has no adapter. */
            UNKNOWN_POOL
        }
    }
}
