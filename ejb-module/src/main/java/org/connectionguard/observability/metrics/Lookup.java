/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.metrics;

import java.util.Optional;

/** Finds the beans as which APIs come into a deployment. */
@FunctionalInterface
public interface Lookup {
    /** The bean of a type, if there is exactly one. */
    <T> Optional<T> bean(Class<T> type);
}
