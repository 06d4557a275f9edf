/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * HikariCP's configuration, which is the application's, in code or in a file. It asks at checkout what was not in use just
 * now, and that cannot be switched off. Immutable.
 *
 * @param name the pool's {@code poolName}
 */
public record HikariPlace(String name) implements PoolPlace {
    /** A life may be half a minute at the least. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(45);

    private static final Duration LIFE = Duration.ofMinutes(30);

    @Override
    public String set(Attribute... attributes) {
        return Arrays.stream(attributes)
                .map(each -> each.name() + "=" + each.value())
                .collect(Collectors.joining(", ", "in the configuration of the HikariCP pool " + name + ": ", ""));
    }

    @Override
    public String addOption(String option, String value) {
        return set(new Attribute("dataSource." + option, value));
    }

    @Override
    public String changeOption(String option, String value) {
        return addOption(option, value);
    }

    @Override
    public String idleTimeout() {
        return "maxLifetime";
    }

    @Override
    public String idleForSomeTime() {
        return "maxLifetime, or idleTimeout with a minimumIdle of 0";
    }

    @Override
    public String idleForEver() {
        return "maxLifetime is 0";
    }

    @Override
    public Duration shortestIdle() {
        return SHORTEST_IDLENESS;
    }

    @Override
    public String letIdleGo(Duration serverCloses) {
        Duration life = PoolPlace.shorter(LIFE, serverCloses.multipliedBy(2).dividedBy(3));
        return set(new Attribute(idleTimeout(), Long.toString(life.toMillis())));
    }

    @Override
    public String validate() {
        return set(new Attribute("keepaliveTime", "30000"));
    }

    @Override
    public Optional<CheckoutValidation> checkoutValidation() {
        return Optional.empty();
    }

    @Override
    public String checkoutWait() {
        return "connectionTimeout";
    }

    @Override
    public String largestSize() {
        return "maximumPoolSize";
    }
}
