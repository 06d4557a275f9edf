/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The application server, and what it gives to timers. Immutable.
 *
 * @param name the server's
 * @param timerPool name of the thread pool that timers run in; empty: it has none
 * @param limits as far as they are known
 */
record ContainerFacts(String name, String timerPool, ServerLimits limits) {
    /** How long a transaction may last; empty: for ever, or not known. */
    Optional<Duration> transactionTimeout() {
        return limits.transactionTimeout().filter(timeout -> !timeout.isZero());
    }

    /** How many threads timers have; empty: not known. */
    OptionalInt timerThreads() {
        return limits.timerThreads();
    }
}
