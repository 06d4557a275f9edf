/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.Map;
import java.util.Set;
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

    Set<String> jobs() {
        return layout.jobs();
    }

    Archive<?> archive() {
        return layout.archive(name(), way, classes);
    }
}
