/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Timers that ask before they start. */
@Stateless
public class ByHandTimers {
    @Resource
    private TimerService timers;

    @Resource(lookup = "java:jboss/datasources/bench/BY_HAND")
    private DataSource dataSource;

    @Inject
    private Countdown countdown;

    /** So many, which expire at once, with bodies that take the database so long. */
    public void expire(int times, int millis) {
        for (int i = 0; i < times; i++) {
            timers.createSingleActionTimer(0, new TimerConfig(millis, false));
        }
    }

    @Timeout
    void run(Timer timer) throws SQLException {
        countdown.began();
        ByHandJob.ask(dataSource);
        Job.execute(dataSource, (Integer) timer.getInfo());
        countdown.ended();
    }
}
