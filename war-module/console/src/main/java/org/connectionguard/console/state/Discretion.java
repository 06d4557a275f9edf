/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

import java.util.regex.Pattern;

/** An application's error text may hold a URL with a password: it goes no further than to here. Stateless. */
final class Discretion {
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)\\s*[=:]\\s*)[^\\s&;,'\"<>)]+");

    private static final Pattern BEFORE_HOST = Pattern.compile("://[^/\\s@'\"]+@");

    private Discretion() {}

    static String applied(String text) {
        return BEFORE_HOST.matcher(PARAMETER.matcher(text).replaceAll("$1***")).replaceAll("://***@");
    }
}
