/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import org.connectionguard.GuardEvent;

/**
 * Hears what happens: the one seam through which the guard is heard. Called on the threads of jobs and probes, never under a
 * lock: return at once. What a listener throws never reaches a job.
 */
@FunctionalInterface
public interface GuardListener {
    /** It has happened. */
    void heard(GuardEvent event);
}
