/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;

/**
 * Hears what happens at the gates. Called on the threads of jobs and probes, never under a lock: return at once. What a listener
 * throws never reaches a job.
 */
public interface GuardListener {
    /** A connection was found alive. */
    default void validated(String dataSource, long nanos) {}

    /** A connection is alive, and what else was demanded of it could not be asked; said when the words change. */
    default void doubted(String dataSource, String why) {}

    /** An unfit connection was destroyed; and with it, where {@code siblings}, what was idle in its pool. */
    default void evicted(String dataSource, String why, boolean siblings) {}

    /** A body lost a connection while it ran; the data source is asked. */
    default void bodyLostConnection(String dataSource) {}

    /** The data source gives no connections any more; said once per outage. */
    default void unavailable(String dataSource, Trouble trouble) {}

    /** Jobs wait, and nothing has answered for so long; said once, and not of an outage. */
    default void waiting(String dataSource, int jobs, Duration silence) {}

    /**
     * It gives them again; said once per outage, and where jobs were said to wait.
     *
     * @param attempts that failed; none where there was only silence
     */
    default void back(String dataSource, Duration outage, int attempts) {}

    /** A job was not let through. */
    default void turnedAway(String dataSource, Verdict.Unavailable verdict) {}

    /** Something asked of pool or driver does not return; so many threads are left to it by now. */
    default void stuck(String dataSource, String phase, int threads) {}

    /** It is not bound to a job's transaction, where another one is not XA either; said once per data source. */
    default void unbound(String dataSource) {}

    /** The pool has no adapter; said once per data source. */
    default void unknownPool(String dataSource, String connectionClass) {}
}
