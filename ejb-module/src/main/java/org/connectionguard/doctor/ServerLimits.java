/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an application server bounds its jobs by. Immutable.
 *
 * @param transactionTimeout how long a transaction may last; zero: for ever; empty: not known
 * @param timerThreads how many timers it calls at once; empty: not known
 */
public record ServerLimits(Optional<Duration> transactionTimeout, OptionalInt timerThreads) {}
