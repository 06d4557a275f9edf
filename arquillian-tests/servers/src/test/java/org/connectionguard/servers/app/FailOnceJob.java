/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Its timer expires once, and it is failed where its database does not come back soon. */
@Stateless
public class FailOnceJob {
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

    @Timeout
    @ValidConnections(onUnavailable = OnUnavailable.FAIL)
    public void run(Timer timer) {
        ledger.work("FailOnceJob " + timer.getInfo(), entityManager);
    }
}
