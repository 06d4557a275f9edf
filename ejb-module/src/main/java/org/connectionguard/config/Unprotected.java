/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a timer that uses a data source without a guard means: {@code connection-guard.unprotected}. */
public enum Unprotected {
    /** A warning for each. */
    WARN,
    /** A deployment error that names them. */
    FAIL,
    /** Nothing; the report shows them all the same. */
    IGNORE;

    static final Format<Unprotected> FORMAT = new Format<>("warn, fail or ignore", Unprotected::parse);

    /** By the name that it has in a setting. */
    private static Optional<Unprotected> parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
