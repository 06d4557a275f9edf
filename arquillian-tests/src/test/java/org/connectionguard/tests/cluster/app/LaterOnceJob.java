/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Runs once, when it is asked to; or later. */
@Singleton
public class LaterOnceJob {
    @Inject
    private Runs runs;

    @Resource
    private TimerService timers;

    /** Makes the timer. */
    public void order(String name, Duration after) {
        timers.createSingleActionTimer(after.toMillis(), new TimerConfig(name, true));
    }

    @Timeout
    @ValidConnections(value = Runs.WORK, maxWait = "PT0.2S", onUnavailable = OnUnavailable.LATER)
    public void run(Timer timer) throws SQLException {
        runs.run("LaterOnceJob", timer);
    }
}
