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

/** Timer: programmatic, single actions. */
@Startup
@Singleton
public class SingleActionTimeoutJob {
    @PersistenceContext(unitName = "SingleActionTimeoutJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Resource
    private TimerService timers;

    @PostConstruct
    void start() {
        // For an hour.
        for (int second = 2; second <= 3600; second += 2) {
            timers.createSingleActionTimer(second * 1000L, new TimerConfig(null, false));
        }
    }

    @Timeout
    public void run() {
        routine.write(this, entityManager);
    }
}
