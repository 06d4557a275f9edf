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

/** Runs as soon as it is deployed, and then every two seconds. */
@Startup
@Singleton
public class RedeployedJob {
    @PersistenceContext(unitName = "RedeployedJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Resource
    private TimerService timers;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(1, 2000, new TimerConfig(null, false));
    }

    @Timeout
    public void run() {
        routine.write(this, entityManager);
    }
}
