/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the application server gives to timers. Immutable.
 *
 * @param timerPool name of the thread pool that timers run in
 * @param timerThreads how many threads it has; empty: not known
 * @param transactionTimeout how long a transaction may last; empty: for ever, or not known
 */
record ContainerFacts(String timerPool, OptionalInt timerThreads, Optional<Duration> transactionTimeout) {
    /** Of a server that cannot be read. */
    static final ContainerFacts UNKNOWN = new ContainerFacts("", OptionalInt.empty(), Optional.empty());
}
