/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a browser sends once somebody has signed in: RFC 7617. Immutable. */
record BasicCredentials(String user, String password) {
    private static final String SCHEME = "Basic ";

    /** Those of an Authorization header; empty where it is none of this kind. */
    static Optional<BasicCredentials> of(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            String both = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(both.substring(0, colon), both.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
