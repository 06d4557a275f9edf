/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The configuration of GlassFish or Payara: remedies are lines for {@code asadmin}. There the pool asks nothing off the path
 * of jobs, but a checkout may ask once in a while only. Immutable.
 *
 * @param name the pool's
 */
public record GlassFishPlace(String name) implements PoolPlace {
    /** In whole seconds, half of it. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(4);

    private static final Attribute EVERY_HALF_MINUTE = new Attribute("validate-atmost-once-period-in-seconds", "30");

    @Override
    public String set(Attribute... attributes) {
        return Arrays.stream(attributes)
                .map(each -> " resources.jdbc-connection-pool." + name + "." + each.name() + "=" + each.value())
                .collect(Collectors.joining("", "asadmin set", ""));
    }

    @Override
    public String addOption(String option, String value) {
        return set(new Attribute("property." + option, value));
    }

    @Override
    public String changeOption(String option, String value) {
        return addOption(option, value);
    }

    @Override
    public String idleTimeout() {
        return "idle-timeout-in-seconds";
    }

    @Override
    public String idleForSomeTime() {
        return "twice idle-timeout-in-seconds";
    }

    @Override
    public String idleForEver() {
        return "idle-timeout-in-seconds is 0";
    }

    @Override
    public Duration shortestIdle() {
        return SHORTEST_IDLENESS;
    }

    @Override
    public String letIdleGo(Duration serverCloses) {
        Duration idle = PoolPlace.shorter(
                Duration.ofMinutes(10), serverCloses.minusSeconds(1).dividedBy(2));
        return set(new Attribute(idleTimeout(), Long.toString(idle.toSeconds())));
    }

    @Override
    public String validate() {
        // One after another: validation is switched on only where it has something to ask with by then.
        return set(
                new Attribute("validation-classname", "org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation"),
                new Attribute("connection-validation-method", "custom-validation"),
                EVERY_HALF_MINUTE,
                new Attribute("is-connection-validation-required", "true"));
    }

    @Override
    public Optional<CheckoutValidation> checkoutValidation() {
        return Optional.of(new CheckoutValidation("is-connection-validation-required", set(EVERY_HALF_MINUTE)));
    }

    @Override
    public String checkoutWait() {
        return "max-wait-time-in-millis";
    }

    @Override
    public String largestSize() {
        return "max-pool-size";
    }
}
