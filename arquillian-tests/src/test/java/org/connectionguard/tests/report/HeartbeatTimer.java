/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.report;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;

/** Needs no database. */
@Singleton
public class HeartbeatTimer {
    @Schedule(year = "2100")
    public void beat() {
        throw new IllegalStateException();
    }
}
