/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Waits for a moment, and puts the run off then. */
@Singleton
public class LaterJob {
    @Inject
    private Runs runs;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = true)
    @ValidConnections(value = Runs.WORK, maxWait = "PT0.2S", onUnavailable = OnUnavailable.LATER)
    public void run(Timer timer) throws SQLException {
        runs.run("LaterJob", timer);
    }
}
