/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;

/** Where classes come from. Stateless. */
final class Archive {
    private static final String WEB_INF = "/WEB-INF/";

    private Archive() {}

    /** The archive, or the folder of classes, that the class was loaded from. */
    static Optional<URL> of(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation);
    }

    /** Where the WEB-INF is that the class lies in, its last slash included; empty where it lies in none. */
    static Optional<String> webInf(Class<?> type) {
        return of(type).map(URL::toString)
                .filter(place -> place.contains(WEB_INF))
                .map(place -> place.substring(0, place.indexOf(WEB_INF)) + WEB_INF);
    }
}
