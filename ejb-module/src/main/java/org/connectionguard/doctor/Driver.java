/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.message.JdbcExtensions;

/** The drivers whose options the rules know. All call their time-outs the same, and have none for reads by themselves. */
enum Driver {
    /** MySQL Connector/J. */
    MYSQL("mysql", "com.mysql.", Optional.empty(), ChronoUnit.MILLIS, JdbcExtensions.MYSQL) {
        @Override
        boolean urlFirst() {
            return false;
        }
    },

    /**
     * MariaDB Connector/J: so seen of 2.7.12 and 3.5.6, the first of which takes MySQL's URLs too, and its options in their
     * own case only.
     */
    MARIADB(
            "mariadb",
            "org.mariadb.jdbc.",
            Optional.of(Duration.ofSeconds(30)),
            ChronoUnit.MILLIS,
            JdbcExtensions.MYSQL) {
        @Override
        boolean hasSetters() {
            return false;
        }

        @Override
        boolean takesAnyCase() {
            return true;
        }
    },

    /** PostgreSQL's: so seen of 42.7.13. */
    POSTGRESQL(
            "postgresql",
            "org.postgresql.",
            Optional.of(Duration.ofSeconds(10)),
            ChronoUnit.SECONDS,
            JdbcExtensions.POSTGRESQL);

    private final String subprotocol;
    private final String classes;
    private final Optional<Duration> connectTimeout;
    private final ChronoUnit unit;
    private final JdbcExtensions extensions;

    Driver(
            String subprotocol,
            String classes,
            Optional<Duration> connectTimeout,
            ChronoUnit unit,
            JdbcExtensions extensions) {
        this.subprotocol = subprotocol;
        this.classes = classes;
        this.connectTimeout = connectTimeout;
        this.unit = unit;
        this.extensions = extensions;
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

    /** What its time-outs are counted in. */
    ChronoUnit unit() {
        return unit;
    }

    /** WildFly's sorter and checker for it. */
    JdbcExtensions extensions() {
        return extensions;
    }

    /** Whether an option of the URL counts where the pool gives it too, other than by a setter. */
    boolean urlFirst() {
        return true;
    }

    /** Whether its data sources have setters for its options; what they say counts, whatever the URL says. */
    boolean hasSetters() {
        return true;
    }

    /** Whether it heeds an option of the URL whatever its case. */
    boolean takesAnyCase() {
        return false;
    }
}
