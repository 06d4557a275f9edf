/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Timer: programmatic, by interval. */
@Startup
@Singleton
public class IntervalTimeoutJob {
    @PersistenceContext(unitName = "IntervalTimeoutJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Resource
    private TimerService timers;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(2000, 2000, new TimerConfig(null, false));
    }

    @Timeout
    public void run() {
        routine.write(this, entityManager);
    }
}
