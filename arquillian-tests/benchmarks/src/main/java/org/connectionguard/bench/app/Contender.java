/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

/** What is measured side by side. Each has a data source of its own, {@code java:jboss/datasources/bench/} and its name. */
public enum Contender {
    /** A data source as WildFly adds it, and a job without a guard. */
    UNGUARDED("unguarded, default pool"),
    /** The same data source settings, and the guard. */
    GUARD("guard"),
    /** The guard, with {@code skip-if-validated-within}. */
    BYPASS("guard, inside the bypass window"),
    /** The guard's gate on the job's own thread: not shipped, since nothing bounds it. */
    INLINE("guard without hand-off (not shipped)"),
    /** The job asks {@code isValid} itself before it starts. */
    BY_HAND("isValid by hand"),
    /** Validation at every checkout. */
    MATCH("validate-on-match, sorter"),
    /** Validation of idle connections in the background. */
    BACKGROUND("background-validation, sorter"),
    /** WildFly's Agroal data source, which validates idle connections in the background. */
    AGROAL("Agroal, background-validation"),

    /** The floor: one bare {@code isValid} on a connection that is held. */
    IS_VALID("bare isValid"),
    /** One checkout and return. */
    CHECKOUT("one checkout"),
    /** A task handed to an idle thread, and its answer awaited. */
    HAND_OFF("one thread hand-off, there and back"),
    /** A bare {@code isValid} on another thread: the hand-off where it is used, around a wait for the network. */
    HANDED_OVER("bare isValid, handed off and awaited");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** As the report calls it. */
    public String title() {
        return title;
    }

    /** Whether it is a job, and not a part that jobs are made of. */
    public boolean isJob() {
        return ordinal() < IS_VALID.ordinal();
    }

    /** Whether it takes part when many jobs fire together. */
    public boolean firesTogether() {
        return this == UNGUARDED || this == GUARD || this == INLINE || this == BY_HAND || this == MATCH;
    }

    /** Whether it takes part when things are done to the database: the guard's variants would only show the guard again. */
    public boolean heals() {
        return isJob() && this != BYPASS && this != INLINE;
    }
}
