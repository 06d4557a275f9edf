/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

/** How the call of a job ended. */
public enum RunOutcome {
    /** The body ran, and nothing was to be done for it. */
    RAN,
    /** The body ran, after dead connections had been destroyed. */
    HEALED,
    /** The body ran, after the job had waited for its database. */
    WAITED,
    /** The body ran although the database gave no connection: {@link OnUnavailable#PROCEED}. */
    PROCEEDED,
    /** The body ran, for a call that had been put off: {@link OnUnavailable#LATER}. */
    MADE_UP,
    /** The body was put off: {@link OnUnavailable#LATER}. */
    DEFERRED,
    /** The body was left out, and nobody was told but the log: {@link OnUnavailable#SKIP}. */
    SKIPPED,
    /**
     * The body did not start: {@link OnUnavailable#FAIL}. The container got the exception, unless that would have ended the job's
     * schedule for ever.
     */
    REFUSED,
    /**
     * The body started and threw, or nothing that it did lasts: the transaction that was the run's own was rolled back, or its commit
     * failed. Of what is called in somebody else's transaction that is not known.
     */
    FAILED;

    /**
     * Whether the body came to its end.
     *
     * @return not where it was left out, or threw
     */
    public boolean ranBody() {
        return this == RAN || this == HEALED || this == WAITED || this == PROCEEDED || this == MADE_UP;
    }
}
