/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of each physical connection of one data source: when the guard first saw it, and when, for which demand and in
 * which era of the gate it was last found fit. By identity, since a driver may have notions of its own of what is equal; holds
 * them weakly. For any thread.
 */
final class Validations {
    /**
     * A connection was found fit.
     *
     * @param at when the answer came
     * @param writable whether it was asked for writes too
     * @param era of the gate, when the question began
     */
    record Validation(long at, boolean writable, long era) {
        /** Whether who demands as much, since that time and in that era, need not ask again. */
        boolean covers(boolean demandsWrites, long since, long inEra) {
            return era == inEra && at - since >= 0 && (writable || !demandsWrites);
        }
    }

    private record Known(long firstSeen, Optional<Validation> last) {}

    private static final class Key extends WeakReference<Connection> {
        private final int hash;

        Key(Connection connection, ReferenceQueue<Connection> collected) {
            super(connection, collected);
            hash = System.identityHashCode(connection);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Key key && get() != null && get() == key.get();
        }
    }

    private final Map<Key, Known> known = new ConcurrentHashMap<>();
    private final ReferenceQueue<Connection> collected = new ReferenceQueue<>();

    /** When the connection was first seen; now, where it was not. */
    long firstSeen(Connection physical, long now) {
        forgetCollected();
        return known.computeIfAbsent(key(physical), key -> new Known(now, Optional.empty()))
                .firstSeen();
    }

    /** The last validation of the connection. */
    Optional<Validation> last(Connection physical) {
        return Optional.ofNullable(known.get(key(physical))).flatMap(Known::last);
    }

    /** Notes a validation; to be called before the connection can be borrowed again. */
    void note(Connection physical, Validation validation) {
        forgetCollected();
        known.merge(
                key(physical),
                new Known(validation.at(), Optional.of(validation)),
                (old, found) -> new Known(old.firstSeen(), found.last()));
    }

    private Key key(Connection physical) {
        return new Key(physical, collected);
    }

    private void forgetCollected() {
        for (Reference<? extends Connection> gone = collected.poll(); gone != null; gone = collected.poll()) {
            known.remove(gone);
        }
    }
}
