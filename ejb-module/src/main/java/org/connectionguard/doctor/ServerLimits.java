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
 * @param timersStartLater whether that may be known a moment later only
 */
public record ServerLimits(Optional<Duration> transactionTimeout, OptionalInt timerThreads, boolean timersStartLater) {}
