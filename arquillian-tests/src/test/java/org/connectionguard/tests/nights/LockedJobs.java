/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.Date;
import org.connectionguard.ValidConnections;

/** Jobs of a bean that lets one caller in at a time: whoever waits for longer than five seconds is refused by the container. */
@Singleton
public class LockedJobs {
    @Inject
    private Diary diary;

    @Resource
    private TimerService timers;

    /** Makes a timer that expires then, and not again. */
    public void make(Instant at, Serializable info, boolean persistent) {
        timers.createSingleActionTimer(Date.from(at), new TimerConfig(info, persistent));
    }

    /** Lets nobody else in until what is held is released. */
    public void occupy() throws InterruptedException {
        diary.occupy();
    }

    @Timeout
    @ValidConnections(Diary.DATA_SOURCE)
    void expire(Timer timer) {
        diary.work("locked", timer.getInfo());
    }
}
