/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One pool, seen without any handle of its own. It holds the pool, and nothing of an application beyond it; two of the same
 * pool are equal. For any thread.
 */
public interface PoolControl {
    /**
     * How many connections could be borrowed now without waiting for one to come back: the idle ones and those not yet made.
     * Empty where the pool does not tell. Never blocks.
     */
    OptionalInt free();

    /**
     * Whether it connects on threads of its own, and all of them are at work: who waits for it then waits for the network, and
     * not for a connection to come back. Never blocks.
     */
    default boolean isHeldUp() {
        return false;
    }

    /**
     * Gives it one more of these threads: what holds up the others nobody can end. Never blocks.
     *
     * @throws SQLException when the pool would not
     */
    default void relieve() throws SQLException {}

    /**
     * Whether who waits for a connection may be interrupted, and then waits no longer; else he would go on waiting, without rest, and
     * meet his interruption in the connection that he gets at last. Never blocks.
     */
    default boolean bearsInterruption() {
        return true;
    }

    /** How what it lends takes part in a transaction. Never blocks. */
    Enlistment enlistment();

    /**
     * How it is set up; empty where it does not tell. Never blocks.
     *
     * @param options those of the driver's that are of interest. No others are read, a password among them
     */
    default Optional<PoolDescription> describe(Set<String> options) {
        return Optional.empty();
    }

    /**
     * Destroys the idle connections; may block as driver and pool do.
     *
     * @throws SQLException when the pool would not, or not wholly
     */
    void sweep() throws SQLException;
}
