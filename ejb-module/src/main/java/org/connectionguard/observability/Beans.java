/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.util.Optional;

/** The beans of a deployment, where an API comes as one. */
@FunctionalInterface
public interface Beans {
    /** The bean of a type, if there is exactly one. */
    <T> Optional<T> bean(Class<T> type);
}
