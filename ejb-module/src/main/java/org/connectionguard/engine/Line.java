/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.TreeMap;

/**
 * The jobs that wait before a gate, in the order of their arrival; who comes back to it takes the place that he had. Called under
 * the gate's lock, but for {@link #isEmpty}, which any thread may call.
 */
final class Line {
    private final TreeMap<Long, Visit> waiting = new TreeMap<>();
    private volatile boolean empty = true;

    void join(Visit visit) {
        waiting.put(visit.number(), visit);
        empty = false;
    }

    void leave(Visit visit) {
        waiting.remove(visit.number());
        empty = waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return empty;
    }

    boolean isFirst(Visit visit) {
        return !empty && waiting.firstKey() == visit.number();
    }

    /** How many are before it. */
    int before(Visit visit) {
        return waiting.headMap(visit.number()).size();
    }

    /** The shortest {@link Visit#patience} of all; there has to be somebody. */
    long shortestPatience() {
        return waiting.values().stream().mapToLong(Visit::patience).min().orElseThrow();
    }

    void wakeFirst() {
        if (!empty) {
            waiting.firstEntry().getValue().wake();
        }
    }

    void wakeAll() {
        waiting.values().forEach(Visit::wake);
    }
}
