/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.List;
import java.util.stream.Stream;

/** A JNDI name, which may be written in several ways that mean the same: {@code jdbc/x}, {@code java:/jdbc/x}. Immutable. */
record JndiName(String text) {
    /** Itself comes last. */
    List<String> spellings() {
        String bare = text.replaceFirst("^java:/?", "");
        return Stream.concat(
                        Stream.of(bare, "java:" + bare, "java:/" + bare).filter(spelling -> !spelling.equals(text)),
                        Stream.of(text))
                .toList();
    }
}
