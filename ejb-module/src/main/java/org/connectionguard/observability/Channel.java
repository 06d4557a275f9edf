/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import org.connectionguard.GuardEvent;
import org.connectionguard.engine.GuardListener;

/** A way by which one deployment is told of, until it is closed. For any thread. */
public interface Channel extends GuardListener, AutoCloseable {
    /** Nothing to do for those that are asked, and not told. */
    @Override
    default void heard(GuardEvent event) {}

    /** Takes away all that it has put anywhere. Throws nothing. */
    @Override
    void close();
}
