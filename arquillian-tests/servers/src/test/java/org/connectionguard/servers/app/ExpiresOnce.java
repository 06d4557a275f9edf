/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** What jobs have in common whose timers expire once. */
public abstract class ExpiresOnce {
    @PersistenceContext(unitName = "impatient")
    private EntityManager entityManager;

    @Resource
    private TimerService timers;

    @Inject
    private Ledger ledger;

    /** At once. */
    public void expire() {
        timers.createSingleActionTimer(0, new TimerConfig("once", false));
    }

    void work(String job, Timer timer) {
        ledger.work(job + " " + timer.getInfo(), entityManager);
    }
}
