/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.descriptor;

import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;

/** Where classes come from. Stateless. */
final class Archive {
    private Archive() {}

    /** The archive, or the folder of classes, that the class was loaded from. */
    static Optional<URL> of(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation);
    }
}
