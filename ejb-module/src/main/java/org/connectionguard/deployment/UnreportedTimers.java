/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.message.Messages;

/**
 * Timers that no report speaks of, for CDI does not show their classes: of those with nothing to guard it is said at their first
 * call, once. For any thread.
 */
public final class UnreportedTimers {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final Set<Method> told = ConcurrentHashMap.newKeySet();

    /** None told. */
    public UnreportedTimers() {}

    /** Nothing was found that this one uses. */
    public void tell(Method method) {
        if (told.add(method)) {
            LOG.log(
                    Level.INFO,
                    Messages.unguarded(
                            method.getDeclaringClass().getName() + "." + method.getName(),
                            Messages.noDataSourceFound()));
        }
    }
}
