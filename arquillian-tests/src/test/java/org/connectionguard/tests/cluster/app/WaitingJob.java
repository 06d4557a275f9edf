/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.connectionguard.ValidConnections;

/** Waits for longer than any outage. */
@Singleton
public class WaitingJob {
    @Inject
    private Runs runs;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = true)
    @ValidConnections(value = Runs.WORK, maxWait = "PT2M")
    public void run(Timer timer) throws SQLException {
        runs.run("WaitingJob", timer);
    }
}
