/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;

/** When the guard first saw each physical connection. Holds them weakly. For any thread. */
final class Ages {
    private final Map<Connection, Long> firstSeen = new WeakHashMap<>();

    synchronized Duration of(Connection physical, Time time) {
        long now = time.nanos();
        return Duration.ofNanos(now - firstSeen.computeIfAbsent(physical, key -> now));
    }
}
