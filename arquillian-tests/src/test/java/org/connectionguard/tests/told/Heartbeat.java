/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Needs no database, so that nothing is guarded for it. */
@Singleton
public class Heartbeat {
    private final AtomicInteger beats = new AtomicInteger();

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void beat() {
        beats.incrementAndGet();
    }
}
