/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Open Liberty's configuration: remedies are attributes of elements in {@code server.xml}. A pool asks at each checkout or
 * never. Immutable.
 *
 * @param id the data source's
 */
public record LibertyPlace(String id) implements PoolPlace {
    /** In whole seconds, half of it and a quarter of it. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(4);

    @Override
    public String set(Attribute... attributes) {
        return within("connectionManager", attributes);
    }

    private String within(String element, Attribute... attributes) {
        return Arrays.stream(attributes)
                .map(LibertyPlace::written)
                .collect(Collectors.joining("", "in server.xml, <dataSource id=\"" + id + "\">: <" + element, "/>"));
    }

    private static String written(Attribute attribute) {
        return " " + attribute.name() + "=\"" + attribute.value() + "\"";
    }

    @Override
    public String addOption(String option, String value) {
        return within("properties", new Attribute(option, value));
    }

    @Override
    public String changeOption(String option, String value) {
        return addOption(option, value);
    }

    @Override
    public String idleTimeout() {
        return "maxIdleTime";
    }

    @Override
    public String idleForSomeTime() {
        return "maxIdleTime or agedTimeout, and reapTime";
    }

    @Override
    public String idleForEver() {
        return "as many as minPoolSize, or all without maxIdleTime or reapTime";
    }

    @Override
    public Duration shortestIdle() {
        return SHORTEST_IDLENESS;
    }

    @Override
    public String letIdleGo(Duration serverCloses) {
        Duration idle = PoolPlace.shorter(Duration.ofMinutes(10), serverCloses.dividedBy(2));
        Duration rounds = PoolPlace.shorter(Duration.ofMinutes(1), serverCloses.dividedBy(4));
        return set(
                new Attribute("minPoolSize", "0"),
                new Attribute(idleTimeout(), idle.toSeconds() + "s"),
                new Attribute("reapTime", rounds.toSeconds() + "s"));
    }

    @Override
    public String validate() {
        return "in server.xml: <dataSource id=\"" + id + "\"" + written(new Attribute("validationTimeout", "5s")) + ">";
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
    public String waitFiveSeconds() {
        return set(new Attribute(checkoutWait(), "5s"));
    }

    @Override
    public String largestSize() {
        return "maxPoolSize";
    }
}
