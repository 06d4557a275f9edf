/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.util.List;

/**
 * The data sources that a method uses, as far as they can be found. Immutable.
 *
 * @param gaps what could not be followed, each a sentence with its remedy; behind each there may be further data sources
 */
public record Sources(List<Source> found, List<String> gaps) {
    /** Copies. */
    public Sources {
        found = List.copyOf(found);
        gaps = List.copyOf(gaps);
    }

    /** Those of which nothing is unknown. */
    static Sources of(Source... found) {
        return new Sources(List.of(found), List.of());
    }

    /** Their JNDI names. */
    public List<String> names() {
        return found.stream().map(Source::name).toList();
    }
}
