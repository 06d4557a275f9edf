/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.connectionguard.ValidConnections;

/** Waits for less than an outage, and fails then. */
@Singleton
public class FailingJob {
    @Inject
    private Runs runs;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = true)
    @ValidConnections(value = Runs.WORK, maxWait = "PT3S")
    public void run(Timer timer) throws SQLException {
        runs.run("FailingJob", timer);
    }
}
