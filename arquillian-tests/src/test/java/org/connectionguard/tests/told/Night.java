/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.told;

import jakarta.annotation.Resource;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** A nightly job whose nights are two seconds long; one call at a time. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
public class Night {
    @Resource(lookup = ToldJobs.DATA_SOURCE)
    private DataSource dataSource;

    @Resource
    private TimerService timers;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections(maxWait = "PT0.3S", onUnavailable = OnUnavailable.SKIP)
    public void gather() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.isValid(1);
        }
    }

    /** Keeps the bean, so that its timer's call does not begin. */
    public void hold(CountDownLatch release) throws InterruptedException {
        release.await(1, TimeUnit.MINUTES);
    }

    /** No night will come any more. */
    public void end() {
        timers.getTimers().forEach(Timer::cancel);
    }
}
