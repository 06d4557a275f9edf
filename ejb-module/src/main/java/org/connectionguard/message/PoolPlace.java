/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a pool is set up: what its settings are called there, and what is to be typed where to change them. Immutable.
 */
public sealed interface PoolPlace
        permits ManagedPlace, HikariPlace, TomcatPlace, TomEePlace, GlassFishPlace, LibertyPlace {
    /** What an attribute shall be. */
    record Attribute(String name, String value) {}

    /**
     * What asks the server at each checkout, though it is enough to ask idle connections.
     *
     * @param setting what it is called
     * @param replacement how idle connections are asked instead
     */
    record CheckoutValidation(String setting, String replacement) {}

    /** How these attributes, at least one, are set. */
    String set(Attribute... attributes);

    /** How an option that the pool does not yet give to its driver is added. */
    String addOption(String option, String value);

    /** How an option that the pool gives to its driver is changed. */
    String changeOption(String option, String value);

    // Connections that are idle.

    /** What lets them go. */
    String idleTimeout();

    /** What it is that lets them go after so long. */
    String idleForSomeTime();

    /** What it is that never lets them go. */
    String idleForEver();

    /** A server that closes them as soon as this is too soon for the pool, whatever it is told. */
    Duration shortestIdle();

    /** How they are let go before the server closes them. */
    String letIdleGo(Duration serverCloses);

    // Validation.

    /** How connections are asked before somebody gets them, off the path of jobs where the pool can do that. */
    String validate();

    /** Empty: the pool does not ask each time, or can do nothing else. */
    Optional<CheckoutValidation> checkoutValidation();

    // The checkout, and the pool's size.

    /** What bounds the wait for a connection. */
    String checkoutWait();

    /** How an exhausted pool says so after five seconds. */
    default String waitFiveSeconds() {
        return set(new Attribute(checkoutWait(), "5000"));
    }

    /** What bounds the number of connections. */
    String largestSize();

    /** How it may have so many. */
    default String growTo(int connections) {
        return set(new Attribute(largestSize(), Integer.toString(connections)));
    }

    /** The shorter one, in whole seconds. */
    static Duration shorter(Duration one, Duration other) {
        return Duration.ofSeconds(Math.min(one.toSeconds(), other.toSeconds()));
    }
}
