/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

/**
 * One call of a job by the container, from before the guard to after it. Times are milliseconds of the machine's clock.
 *
 * @param id also in the row that the body wrote
 * @param key what the timer was given to carry; empty: nothing
 * @param bodyStarted 0: it did not start
 * @param bodies how often it started
 * @param error what the container saw, or the body swallowed; empty: nothing
 */
public record Run(
        String id,
        String job,
        String key,
        long entered,
        long bodyStarted,
        int bodies,
        long left,
        Outcome outcome,
        String error) {

    /** What became of a call. */
    public enum Outcome {
        /** The body came to its end. */
        RAN,
        /** It started, and failed. */
        BODY_FAILED,
        /** The guard let nobody in, and said so to the container. */
        REFUSED,
        /** The guard let nobody in, and the container does not know. */
        SKIPPED,
        /** The body did not start, and it was not the guard's decision. */
        OTHER
    }
}
