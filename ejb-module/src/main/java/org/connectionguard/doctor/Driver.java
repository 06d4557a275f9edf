/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The drivers whose options the rules know. Both measure time-outs in milliseconds and have none for reads; WildFly's sorter
 * and checker for MySQL serve both.
 */
enum Driver {
    /** MySQL Connector/J. */
    MYSQL("mysql", "com.mysql.", Optional.empty(), false, true, false),

    /**
     * MariaDB Connector/J: so seen of 2.7.12 and 3.5.6, the first of which takes MySQL's URLs too, and its options in their
     * own case only.
     */
    MARIADB("mariadb", "org.mariadb.jdbc.", Optional.of(Duration.ofSeconds(30)), true, false, true);

    private final String subprotocol;
    private final String classes;
    private final Optional<Duration> connectTimeout;
    private final boolean urlFirst;
    private final boolean setters;
    private final boolean anyCase;

    Driver(
            String subprotocol,
            String classes,
            Optional<Duration> connectTimeout,
            boolean urlFirst,
            boolean setters,
            boolean anyCase) {
        this.subprotocol = subprotocol;
        this.classes = classes;
        this.connectTimeout = connectTimeout;
        this.urlFirst = urlFirst;
        this.setters = setters;
        this.anyCase = anyCase;
    }

    /** The driver that a class belongs to; where it tells nothing, the one that the URL is for. */
    static Optional<Driver> of(String className, String subprotocol) {
        return Stream.of(values())
                .filter(driver -> className.startsWith(driver.classes))
                .findFirst()
                .or(() -> Stream.of(values())
                        .filter(driver -> subprotocol.equals(driver.subprotocol))
                        .findFirst());
    }

    /** How long a connect lasts where nothing is said; empty: as long as the network lets it. */
    Optional<Duration> connectTimeout() {
        return connectTimeout;
    }

    /** Whether an option of the URL counts where the pool gives it too. */
    boolean urlFirst() {
        return urlFirst;
    }

    /** Whether its data sources have setters for its options. */
    boolean hasSetters() {
        return setters;
    }

    /** Whether it heeds an option of the URL whatever its case. */
    boolean takesAnyCase() {
        return anyCase;
    }
}
