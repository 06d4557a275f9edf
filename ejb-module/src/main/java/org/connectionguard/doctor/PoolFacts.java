/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import org.connectionguard.message.PoolPlace;
import org.connectionguard.pool.PoolSettings;

/**
 * How a pool is set up. Immutable.
 *
 * @param place where
 * @param settings what it is set up to do
 * @param options what the driver is told
 * @param managed what only a pool has that WildFly manages; empty: it does not
 * @param wildFly what only WildFly's own pools have; empty: it is none of them
 */
record PoolFacts(
        PoolPlace place,
        PoolSettings settings,
        DriverOptions options,
        Optional<ManagedFacts> managed,
        Optional<WildFlyFacts> wildFly) {
    /** How an option of the driver is given another value. */
    String optionRemedy(String option, Duration value) {
        return options.remedy(place, option, value);
    }

    /** Whether validation, where it is switched on, has something to ask with: in WildFly it may have nothing. */
    boolean asks() {
        return wildFly.isEmpty() || wildFly.get().asks();
    }

    /** Whether a checkout asks the connection that it finds. */
    boolean asksAtCheckout() {
        return asks() && settings.checkoutValidation().isPresent();
    }

    /** Whether anybody is to ask connections before they are used. */
    boolean validates() {
        return settings.idleValidation().isPresent()
                || settings.checkoutValidation().isPresent();
    }

    /** Whether idle connections are asked often enough that a server with this time-out does not close them. */
    boolean keepsAlive(Duration waitTimeout) {
        return asks()
                && settings.idleValidation()
                        .filter(often -> often.compareTo(waitTimeout) < 0)
                        .isPresent();
    }

    /** Whether connections may be idle for so long. */
    boolean mayBeIdleFor(Duration time) {
        return settings.longestIdle()
                .filter(longest -> longest.compareTo(time) < 0)
                .isEmpty();
    }
}
