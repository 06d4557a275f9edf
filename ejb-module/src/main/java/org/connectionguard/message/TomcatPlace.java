/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * tomcat-jdbc's configuration, which is the application's, or Tomcat's. Immutable.
 *
 * @param name the pool's {@code name}
 */
public record TomcatPlace(String name) implements PoolPlace {
    /** In whole seconds, half of it and a quarter of it. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(4);

    private static final Attribute IDLE = new Attribute("testWhileIdle", "true");
    private static final Attribute EVERY_HALF_MINUTE = new Attribute("timeBetweenEvictionRunsMillis", "30000");

    @Override
    public String set(Attribute... attributes) {
        return Arrays.stream(attributes)
                .map(each -> each.name() + "=" + each.value())
                .collect(Collectors.joining(", ", "in the configuration of the tomcat-jdbc pool " + name + ": ", ""));
    }

    @Override
    public String addOption(String option, String value) {
        return set(new Attribute("connectionProperties", "...;" + option + "=" + value));
    }

    @Override
    public String changeOption(String option, String value) {
        return addOption(option, value);
    }

    @Override
    public String idleTimeout() {
        return "minEvictableIdleTimeMillis";
    }

    @Override
    public String idleForSomeTime() {
        return "minEvictableIdleTimeMillis and timeBetweenEvictionRunsMillis, or maxAge";
    }

    @Override
    public String idleForEver() {
        return "as many as minIdle, or all with a timeBetweenEvictionRunsMillis of 0";
    }

    @Override
    public Duration shortestIdle() {
        return SHORTEST_IDLENESS;
    }

    @Override
    public String letIdleGo(Duration serverCloses) {
        Duration idle = PoolPlace.shorter(Duration.ofMinutes(10), serverCloses.dividedBy(2));
        Duration rounds = PoolPlace.shorter(Duration.ofSeconds(30), serverCloses.dividedBy(4));
        return set(
                new Attribute("minIdle", "0"),
                new Attribute(idleTimeout(), Long.toString(idle.toMillis())),
                new Attribute("timeBetweenEvictionRunsMillis", Long.toString(rounds.toMillis())));
    }

    @Override
    public String validate() {
        return set(IDLE, EVERY_HALF_MINUTE);
    }

    @Override
    public Optional<CheckoutValidation> checkoutValidation() {
        return Optional.of(new CheckoutValidation(
                "testOnBorrow", set(new Attribute("testOnBorrow", "false"), IDLE, EVERY_HALF_MINUTE)));
    }

    @Override
    public String checkoutWait() {
        return "maxWait";
    }

    @Override
    public String largestSize() {
        return "maxActive";
    }
}
