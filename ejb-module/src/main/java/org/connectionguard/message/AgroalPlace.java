/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * WildFly's subsystem for Agroal: remedies are lines of its CLI. Of Agroal's settings it has a few only, and none that asks at
 * checkout. Immutable.
 *
 * @param kind {@code datasource} or {@code xa-datasource}
 * @param name the data source's name in the subsystem
 */
public record AgroalPlace(String kind, String name) implements ManagedPlace {
    /** The shortest that it can be told is a minute, which may last twice as long. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofMinutes(2);

    @Override
    public String set(Attribute... attributes) {
        return Arrays.stream(attributes)
                .map(each -> write("connection-pool." + each.name(), each.value()))
                .collect(Collectors.joining("; "));
    }

    private String write(String attribute, String value) {
        return address() + ":write-attribute(name=" + attribute + ", value=" + value + ")";
    }

    private String address() {
        return "/subsystem=datasources-agroal/" + kind + "=" + ManagedPlace.quoted(name);
    }

    /** Puts it there, whether there is one or not. */
    @Override
    public String addOption(String option, String value) {
        return address() + ":map-put(name=connection-factory.connection-properties, key=" + option + ", value=" + value
                + ")";
    }

    @Override
    public String changeOption(String option, String value) {
        return addOption(option, value);
    }

    @Override
    public String idleTimeout() {
        return "idle-removal";
    }

    @Override
    public String idleForSomeTime() {
        return "twice idle-removal";
    }

    @Override
    public String idleForEver() {
        return "as many as min-size, or all with an idle-removal of 0";
    }

    @Override
    public Duration shortestIdle() {
        return SHORTEST_IDLENESS;
    }

    @Override
    public String letIdleGo(Duration serverCloses) {
        long minutes = Math.min(10, (serverCloses.toSeconds() - 1) / SHORTEST_IDLENESS.toSeconds());
        return set(new Attribute("min-size", "0"), new Attribute(idleTimeout(), Long.toString(minutes)));
    }

    @Override
    public String validate() {
        return set(new Attribute("background-validation", "30000"));
    }

    @Override
    public Optional<CheckoutValidation> checkoutValidation() {
        return Optional.empty();
    }

    @Override
    public String checkoutWait() {
        return "blocking-timeout";
    }

    @Override
    public String largestSize() {
        return "max-size";
    }

    @Override
    public String joinTransactions() {
        return write("jta", "true");
    }

    @Override
    public String count() {
        return write("statistics-enabled", "true");
    }
}
