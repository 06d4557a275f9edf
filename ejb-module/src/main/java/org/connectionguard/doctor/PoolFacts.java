/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.message.PoolPlace;

/**
 * How a pool of WildFly's is configured. Immutable.
 *
 * @param place where
 * @param maxPoolSize how many connections it may have
 * @param idleTimeout how long a connection may be idle; zero: for ever
 * @param backgroundValidation how often idle connections are validated; zero: never
 * @param validateOnMatch whether each checkout validates
 * @param asks whether there is something to validate with
 * @param sorter whether broken connections are told from other failures
 * @param blockingTimeout how long a checkout waits for a connection
 * @param jta whether its connections take part in transactions
 * @param statistics whether it counts; empty: its place has no say in that
 * @param options what the driver is told
 */
record PoolFacts(
        PoolPlace place,
        int maxPoolSize,
        Duration idleTimeout,
        Duration backgroundValidation,
        boolean validateOnMatch,
        boolean asks,
        boolean sorter,
        Duration blockingTimeout,
        boolean jta,
        Optional<Boolean> statistics,
        DriverOptions options) {

    /** How an option of the driver is given another value. */
    String optionRemedy(String option, Duration value) {
        return options.remedy(place, option, Long.toString(value.toMillis()));
    }

    /** How long a connection may really be idle: WildFly looks for idle ones as often as half the time-out. */
    Duration longestIdle() {
        return idleTimeout.multipliedBy(3).dividedBy(2);
    }

    /** Whether idle connections are asked often enough that a server with this time-out does not close them. */
    boolean keepsAlive(Duration waitTimeout) {
        return asks && !backgroundValidation.isZero() && backgroundValidation.compareTo(waitTimeout) < 0;
    }
}
