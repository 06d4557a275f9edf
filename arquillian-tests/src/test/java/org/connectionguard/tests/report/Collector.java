/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/**
 * Generic, as frameworks have it.
 *
 * @param <T> CDI resolves no such type by itself
 */
public abstract class Collector<T extends Collector.Part> {
    /** What is collected. */
    public interface Part {}

    @Inject
    @Any
    private Instance<T> parts;

    /** Uses what it is given. */
    protected boolean isEmpty() {
        return parts.isUnsatisfied();
    }
}
