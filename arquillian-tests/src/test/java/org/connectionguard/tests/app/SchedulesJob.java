/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Timer: {@code @Schedules}. */
@Singleton
public class SchedulesJob {
    @PersistenceContext(unitName = "SchedulesJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedules({
        @Schedule(hour = "*", minute = "*", second = "0/4", persistent = false),
        @Schedule(hour = "*", minute = "*", second = "2/4", persistent = false)
    })
    @ValidConnections
    public void run() {
        work.run(this, entityManager);
    }
}
