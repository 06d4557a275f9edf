/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;

/**
 * A shape, to be deployed in one way. Immutable.
 *
 * @param classes of the shape, by their names
 */
record Application(Shape shape, Layout layout, Way way, Map<String, byte[]> classes) {
    /** Of the archive, without suffix. */
    String name() {
        return shape.name() + "-" + way;
    }

    /** Of the archive. */
    String file() {
        return name() + shape.packaging().suffix();
    }

    /** Whose timers write rows. */
    Set<String> jobs() {
        return layout.jobs();
    }

    /** Whoever writes rows. */
    Set<String> writers() {
        return Stream.concat(layout.jobs().stream(), layout.workers().stream()).collect(Collectors.toSet());
    }

    Archive<?> archive() {
        return layout.archive(name(), way, classes);
    }
}
