/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A resource of TomEE's, in {@code tomee.xml} or in an application's {@code resources.xml}, with tomcat-jdbc behind it.
 * Immutable.
 *
 * @param id the resource's
 */
public record TomEePlace(String id) implements PoolPlace {
    /** In whole seconds, half of it and a quarter of it. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(4);

    private static final Attribute IDLE = new Attribute("TestWhileIdle", "true");
    private static final Attribute EVERY_HALF_MINUTE = new Attribute("TimeBetweenEvictionRuns", "30 seconds");

    @Override
    public String set(Attribute... attributes) {
        return Arrays.stream(attributes)
                .map(each -> each.name() + " = " + each.value())
                .collect(Collectors.joining(", ", place(), ""));
    }

    private String place() {
        return "in tomee.xml, <Resource id=\"" + id + "\">: ";
    }

    @Override
    public String addOption(String option, String value) {
        return place() + "JdbcUrl with the option " + option + "=" + value;
    }

    @Override
    public String changeOption(String option, String value) {
        return place() + "ConnectionProperties with " + option + "=" + value;
    }

    @Override
    public String idleTimeout() {
        return "MinEvictableIdleTime";
    }

    @Override
    public String idleForSomeTime() {
        return "MinEvictableIdleTime and TimeBetweenEvictionRuns, or MaxAge";
    }

    @Override
    public String idleForEver() {
        return "as many as MinIdle, or all without TimeBetweenEvictionRuns";
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
                new Attribute("MinIdle", "0"),
                new Attribute(idleTimeout(), idle.toSeconds() + " seconds"),
                new Attribute("TimeBetweenEvictionRuns", rounds.toSeconds() + " seconds"));
    }

    @Override
    public String validate() {
        return set(IDLE, EVERY_HALF_MINUTE);
    }

    @Override
    public Optional<CheckoutValidation> checkoutValidation() {
        return Optional.of(new CheckoutValidation(
                "TestOnBorrow", set(new Attribute("TestOnBorrow", "false"), IDLE, EVERY_HALF_MINUTE)));
    }

    @Override
    public String checkoutWait() {
        return "MaxWaitTime";
    }

    @Override
    public String waitFiveSeconds() {
        return set(new Attribute(checkoutWait(), "5 seconds"));
    }

    @Override
    public String largestSize() {
        return "MaxActive";
    }
}
