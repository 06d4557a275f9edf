/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A data source that a method uses. Immutable.
 *
 * @param name JNDI name, as the application names it
 * @param instead what the name leads to where it cannot be seen, if that is known
 * @param found how it was found, for the report
 * @param forGuard whether it was named for the guard, by the annotation or a setting; else it is what the application uses
 */
public record Source(String name, Optional<String> instead, String found, boolean forGuard) {
    /** One that everybody sees. */
    Source(String name, String found, boolean forGuard) {
        this(name, Optional.empty(), found, forGuard);
    }

    /** Under which it may be found, the best first. */
    List<String> names() {
        return Stream.concat(Stream.of(name), instead.stream()).toList();
    }
}
