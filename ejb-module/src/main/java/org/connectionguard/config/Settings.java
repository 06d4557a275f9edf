/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.OnUnavailable;

/**
 * The settings of one data source. Immutable.
 *
 * @param enabled off: straight through
 * @param validationTimeout bound of one validation
 * @param maxWait how long one job may wait for its databases, all together
 * @param initialBackoff the pause after the first failed attempt; each further one doubles it
 * @param maxBackoff the longest pause between two attempts
 * @param maxWaitingJobs how many jobs may wait for this data source; further ones get the verdict at once
 * @param onUnavailable what becomes of the job when the time is over; never CONFIGURED
 * @param skipIfValidatedWithin a validation this fresh is not repeated; zero: always validate
 * @param maxAge physical connections older than this are evicted
 * @param writable demand a server that accepts writes
 * @param pin inside a transaction, bind it to the validated connection before the body starts
 */
public record Settings(
        boolean enabled,
        Duration validationTimeout,
        Duration maxWait,
        Duration initialBackoff,
        Duration maxBackoff,
        int maxWaitingJobs,
        OnUnavailable onUnavailable,
        Duration skipIfValidatedWithin,
        Optional<Duration> maxAge,
        boolean writable,
        boolean pin) {

    /** What holds when nothing is set. */
    public static final Settings DEFAULTS = new Settings(
            true,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            4,
            OnUnavailable.FAIL,
            Duration.ZERO,
            Optional.empty(),
            false,
            true);

    /** The same, demanding a server that accepts writes. */
    public Settings demandingWrites() {
        return new Settings(
                enabled,
                validationTimeout,
                maxWait,
                initialBackoff,
                maxBackoff,
                maxWaitingJobs,
                onUnavailable,
                skipIfValidatedWithin,
                maxAge,
                true,
                pin);
    }

    /** The same, with this max-wait. */
    public Settings waiting(Duration limit) {
        return new Settings(
                enabled,
                validationTimeout,
                limit,
                initialBackoff,
                maxBackoff,
                maxWaitingJobs,
                onUnavailable,
                skipIfValidatedWithin,
                maxAge,
                writable,
                pin);
    }
}
