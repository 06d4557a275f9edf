/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.cluster.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.inject.Inject;
import java.sql.SQLException;

/** The twin: the same without the guard. */
@Singleton
public class UnguardedJob {
    @Inject
    private Runs runs;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = true)
    public void run(Timer timer) throws SQLException {
        runs.run("UnguardedJob", timer);
    }
}
