/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.Locale;
import java.util.stream.Stream;

/** How a run ended, as the guard's MBeans have it. */
public enum Outcome {
    RAN("Ran"),
    HEALED("Healed"),
    WAITED("Waited"),
    MADE_UP("MadeUp"),
    DEFERRED("Deferred"),
    SKIPPED("Skipped"),
    PROCEEDED("Proceeded"),
    REFUSED("Refused"),
    FAILED("Failed");

    private final String attribute;

    Outcome(String attribute) {
        this.attribute = attribute;
    }

    /** The attribute of a job's MBean that counts it. */
    String attribute() {
        return attribute;
    }

    /** As metrics and pages call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its name in JMX; a word that a later guard has and we have not is no reason to show nothing. */
    static Outcome of(String name) {
        return Stream.of(values())
                .filter(outcome -> outcome.name().equals(name))
                .findFirst()
                .orElse(RAN);
    }
}
