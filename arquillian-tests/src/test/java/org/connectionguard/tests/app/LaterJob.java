/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Expires when a test wants it; no expiration of it may be lost. One instance, for the same reason as {@link BurstJob}. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class LaterJob {
    @PersistenceContext(unitName = "LaterJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Resource
    private TimerService timers;

    /** One expiration for each key, which it carries, all at once. */
    public void expire(List<String> keys) {
        for (String key : keys) {
            timers.createSingleActionTimer(0, new TimerConfig(key, false));
        }
    }

    @Timeout
    @ValidConnections(onUnavailable = OnUnavailable.LATER)
    public void run(Timer timer) {
        work.run(this, entityManager);
    }
}
