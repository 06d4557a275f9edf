/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.watched;

import jakarta.annotation.Resource;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.connectionguard.ValidConnections;

/** Runs every two seconds unless somebody holds it, until somebody ends it. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
public class PromisedJob {
    @Resource
    private TimerService timers;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections(WatchedJob.DATA_SOURCE)
    public void gather() {
        // That it is called is all that is looked at.
    }

    /** Its timer's call does not begin meanwhile. */
    public void hold(CountDownLatch release) throws InterruptedException {
        release.await(1, TimeUnit.MINUTES);
    }

    /** It will not be called any more. */
    public void end() {
        timers.getTimers().forEach(Timer::cancel);
    }
}
