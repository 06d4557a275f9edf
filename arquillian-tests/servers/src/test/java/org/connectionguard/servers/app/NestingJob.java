/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A guarded job that calls what is guarded too. */
@Stateless
public class NestingJob {
    @EJB
    private Nested nested;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    public void run() {
        nested.run();
    }
}
