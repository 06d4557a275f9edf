/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Nobody misses a run of it, as the next one comes soon: without a database it is left out. */
@Singleton
public class DashboardJob {
    @PersistenceContext(unitName = "defects")
    private EntityManager entityManager;

    @Inject
    private RunHistory history;

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    @ValidConnections(onUnavailable = OnUnavailable.SKIP, maxWait = "PT2S")
    @Recorded
    public void refresh() {
        history.ranOn(new DefectCount(entityManager).take());
    }
}
