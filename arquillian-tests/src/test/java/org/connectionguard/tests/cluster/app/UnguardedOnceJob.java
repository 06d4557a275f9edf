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

/** The twin: the same without the guard. */
@Singleton
public class UnguardedOnceJob {
    @Inject
    private Runs runs;

    @Resource
    private TimerService timers;

    /** Makes the timer. */
    public void order(String name, Duration after) {
        timers.createSingleActionTimer(after.toMillis(), new TimerConfig(name, true));
    }

    @Timeout
    public void run(Timer timer) throws SQLException {
        runs.run("UnguardedOnceJob", timer);
    }
}
