/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TimedObject;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Timer: programmatic, with the interface of EJB 2 instead of an annotation. */
@Startup
@Singleton
public class TimedObjectJob implements TimedObject {
    @PersistenceContext(unitName = "TimedObjectJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Resource
    private TimerService timers;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(2000, 2000, new TimerConfig(null, false));
    }

    @Override
    public void ejbTimeout(Timer timer) {
        routine.write(this, entityManager);
    }
}
