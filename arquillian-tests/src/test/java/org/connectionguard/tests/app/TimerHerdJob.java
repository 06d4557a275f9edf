/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Expires very often at once; only as many may wait as is usual. */
@Stateless
public class TimerHerdJob {
    @PersistenceContext(unitName = "TimerHerd")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Resource
    private TimerService timers;

    public void expire(int times) {
        for (int i = 0; i < times; i++) {
            timers.createSingleActionTimer(0, new TimerConfig(null, false));
        }
    }

    @Timeout
    @ValidConnections
    public void run(Timer timer) {
        work.run(this, entityManager);
    }
}
