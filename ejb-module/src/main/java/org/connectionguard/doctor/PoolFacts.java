/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;

/**
 * How a pool of WildFly's is configured. Immutable.
 *
 * @param kind {@code data-source} or {@code xa-data-source}
 * @param name its name in the datasources subsystem
 * @param maxPoolSize how many connections it may have
 * @param idleTimeout how long a connection may be idle; zero: for ever
 * @param backgroundValidation how often idle connections are validated; zero: never
 * @param validateOnMatch whether each checkout validates
 * @param asks whether there is something to validate with
 * @param sorter whether broken connections are told from other failures
 * @param blockingTimeout how long a checkout waits for a connection
 * @param jta whether its connections take part in transactions
 * @param driver what the driver is told
 */
record PoolFacts(
        String kind,
        String name,
        int maxPoolSize,
        Duration idleTimeout,
        Duration backgroundValidation,
        boolean validateOnMatch,
        boolean asks,
        boolean sorter,
        Duration blockingTimeout,
        boolean jta,
        DriverOptions driver) {

    /** The name as the CLI takes it. */
    String quotedName() {
        return name.matches("[\\w.-]+") ? name : '"' + name + '"';
    }

    /** Where it stands in WildFly's configuration. */
    String address() {
        return "/subsystem=datasources/" + kind + "=" + quotedName();
    }

    /** Where its driver's properties stand. */
    String properties() {
        return address() + (kind.equals("data-source") ? "/connection-properties" : "/xa-datasource-properties");
    }

    /** How an option of the driver is changed: where it stands now. */
    String optionRemedy(String option, String value) {
        return driver.properties().containsKey(option)
                ? properties() + "=" + option + ":write-attribute(name=value, value=" + value + ")"
                : "connection URL option " + option + "=" + value;
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
