/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pool is set up to do. Immutable.
 *
 * @param largestSize how many connections it may have; empty: as many as anybody asks for
 * @param longestIdle how long a connection may really lie idle in it; empty: for ever
 * @param idleValidation how often idle connections are asked whether they live; empty: never
 * @param checkoutValidation a checkout asks the connection that was not asked for so long, zero: each; empty: none
 * @param checkoutWait how long a checkout waits for a connection; empty: for ever
 */
public record PoolSettings(
        OptionalInt largestSize,
        Optional<Duration> longestIdle,
        Optional<Duration> idleValidation,
        Optional<Duration> checkoutValidation,
        Optional<Duration> checkoutWait) {}
