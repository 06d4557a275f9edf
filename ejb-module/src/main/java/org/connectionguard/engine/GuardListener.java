/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;

/**
 * Hears every decision. Called on the thread that decided, some of them while jobs wait: return at once. What a listener
 * throws never reaches a job.
 */
public interface GuardListener {
    /** Hears nothing. */
    GuardListener NONE = new GuardListener() {};

    /** A connection was found alive. */
    default void validated(String dataSource, long nanos) {}

    /** An unfit connection was destroyed; and with it, where {@code siblings}, what was idle in its pool. */
    default void evicted(String dataSource, String why, boolean siblings) {}

    /** The idle connections were swept because a body had lost its connection. */
    default void sweptAfterLoss(String dataSource) {}

    /** The data source gives no connections any more; said once per outage. */
    default void down(String dataSource, Verdict.Unavailable verdict) {}

    /** It gives them again; said once per outage. */
    default void back(String dataSource, Duration outage, int attempts) {}

    /** A job was not let through. */
    default void refused(String dataSource, Verdict.Unavailable verdict) {}

    /** Something asked of pool or driver does not return; its thread is left to it. */
    default void stuck(String dataSource, String what) {}

    /** The pool has no adapter; said once per data source. */
    default void unknownPool(String dataSource, String connectionClass) {}
}
