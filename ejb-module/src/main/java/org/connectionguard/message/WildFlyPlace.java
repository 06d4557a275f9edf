/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a pool of WildFly's own is set up. Attributes are named as WildFly's management names them. Immutable.
 */
public sealed interface WildFlyPlace extends ManagedPlace permits ServerConfiguration, DeployedDescriptor {
    /** The shortest that it can be told is a minute, which may last half as long again. */
    Duration SHORTEST_IDLENESS = Duration.ofSeconds(90);

    /** Whether idle connections are asked. */
    Attribute BACKGROUND = new Attribute("background-validation", "true");

    /** How often they are. */
    Attribute EVERY_HALF_MINUTE = new Attribute("background-validation-millis", "30000");

    /** Sorter and checker of the driver's vendor. */
    JdbcExtensions extensions();

    @Override
    default String idleTimeout() {
        return "idle-timeout-minutes";
    }

    @Override
    default String idleForSomeTime() {
        return "one and a half idle-timeout-minutes";
    }

    @Override
    default String idleForEver() {
        return "idle-timeout-minutes is 0";
    }

    @Override
    default Duration shortestIdle() {
        return SHORTEST_IDLENESS;
    }

    @Override
    default String letIdleGo(Duration serverCloses) {
        long minutes = Math.min(10, (serverCloses.toSeconds() - 1) / SHORTEST_IDLENESS.toSeconds());
        return set(new Attribute(idleTimeout(), Long.toString(minutes)));
    }

    @Override
    default String validate() {
        return set(checker(), BACKGROUND, EVERY_HALF_MINUTE);
    }

    @Override
    default Optional<CheckoutValidation> checkoutValidation() {
        return Optional.of(new CheckoutValidation(
                "validate-on-match", set(new Attribute("validate-on-match", "false"), BACKGROUND, EVERY_HALF_MINUTE)));
    }

    @Override
    default String checkoutWait() {
        return "blocking-timeout-wait-millis";
    }

    @Override
    default String largestSize() {
        return "max-pool-size";
    }

    /** How validation gets something to ask with. */
    default String giveChecker() {
        return set(checker());
    }

    private Attribute checker() {
        return new Attribute("valid-connection-checker-class-name", extensions().checker());
    }

    /** How broken connections are told from other failures. */
    default String giveSorter() {
        return set(new Attribute("exception-sorter-class-name", extensions().sorter()));
    }

    @Override
    default String joinTransactions() {
        return set(new Attribute("jta", "true"));
    }

    @Override
    default String count() {
        return set(new Attribute("statistics-enabled", "true"));
    }
}
