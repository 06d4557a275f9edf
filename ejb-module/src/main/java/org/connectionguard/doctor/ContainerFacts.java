/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The application server, and what it gives to timers. Immutable.
 *
 * @param name the server's
 * @param timerPool name of the thread pool that timers run in
 * @param timerThreads how many threads it has; empty: not known
 * @param transactionTimeout how long a transaction may last; empty: for ever, or not known
 */
record ContainerFacts(String name, String timerPool, OptionalInt timerThreads, Optional<Duration> transactionTimeout) {
    /** Of a server that cannot be read. */
    static ContainerFacts unknown(String name) {
        return new ContainerFacts(name, "", OptionalInt.empty(), Optional.empty());
    }
}
