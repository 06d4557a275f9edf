/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.GuardEvent.Evicted;
import org.connectionguard.GuardEvent.Validated;

/**
 * What is known of a data source since the application was deployed. Immutable.
 *
 * @param name the first of its JNDI names that the guard was asked for
 * @param state what the guard thinks of it
 * @param since when that began
 * @param waiting how many jobs wait for it now
 * @param stuck how many questions have not come back, and nobody waits for them any more
 * @param validations how many connections were asked, by result
 * @param validationTime that these questions took
 * @param evictions how many connections were destroyed, by cause
 * @param sweeps how often what was idle in the pool was destroyed with one of them
 * @param waits how many jobs have waited for it
 * @param waitTime that they waited
 * @param outages how many outages are over
 * @param outageTime that these took
 * @param lastOutages the last twenty, the newest at the end, the present one with them
 */
public record DataSourceStatus(
        String name,
        DataSourceState state,
        Instant since,
        int waiting,
        int stuck,
        Map<Validated.Result, Long> validations,
        Duration validationTime,
        Map<Evicted.Cause, Long> evictions,
        long sweeps,
        long waits,
        Duration waitTime,
        long outages,
        Duration outageTime,
        List<Outage> lastOutages) {

    /**
     * An outage.
     *
     * @param begin when it was noticed
     * @param duration how long it took; empty while it lasts
     * @param reason the kind of trouble in a word
     * @param detail in the driver's words
     */
    public record Outage(Instant begin, Optional<Duration> duration, String reason, String detail) {}
}
