/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;

/**
 * What those data sources of one deployment are called that have no JNDI name: each differently from all others that are there,
 * for what is told of them is told by their names. Keeps none of them. For any thread.
 */
final class ObjectNames {
    /** So many names are kept apart for good; an application that makes pools without end is told of by their kinds. */
    static final int MOST = 100;

    // Guarded by this.
    private final Map<DataSource, String> names = new WeakHashMap<>();
    private final Set<String> given = new HashSet<>();

    /** Its name, which stays. */
    String of(DataSource dataSource) {
        String own = ObjectAtHand.name(dataSource);
        synchronized (this) {
            String known = names.get(dataSource);
            return known == null ? give(dataSource, own) : known;
        }
    }

    private String give(DataSource dataSource, String own) {
        String name = free(given.size() < MOST || given.contains(own) ? own : DataSource.class.getSimpleName());
        given.add(name);
        names.put(dataSource, name);
        return name;
    }

    /** The first that nobody has now: a number may be used again, by who comes after. */
    private String free(String begin) {
        Set<String> taken = new HashSet<>(names.values());
        String name = begin;
        for (int number = 2; taken.contains(name); number++) {
            name = begin + " " + number;
        }
        return name;
    }

    /** The one that has this name, while it is there. */
    synchronized Optional<DataSource> find(String name) {
        return names.entrySet().stream()
                .filter(named -> named.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
