/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events that have begun, and wait for their end, which may never come: so only as many as are worth keeping. For any thread.
 *
 * @param <K> what an end is known by
 */
final class Begun<K, E extends Recorded<?>> {
    /** So many calls are not under way at once, but where they hang. */
    static final int MOST = 1000;

    private final Map<K, E> events = new ConcurrentHashMap<>();

    /** It begins now, if there is room for it. */
    void begin(K key, E event) {
        if (events.size() < MOST) {
            event.begin();
            events.put(key, event);
        }
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The one that began, if it did; it waits no longer. */
    Optional<E> end(K key) {
        return Optional.ofNullable(events.remove(key));
    }

    void clear() {
        events.clear();
    }
}
