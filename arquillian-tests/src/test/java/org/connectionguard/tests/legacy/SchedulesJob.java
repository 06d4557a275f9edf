/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Timer: {@code @Schedules}. */
@Singleton
public class SchedulesJob {
    @PersistenceContext(unitName = "SchedulesJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Schedules({
        @Schedule(hour = "*", minute = "*", second = "0/4", persistent = false),
        @Schedule(hour = "*", minute = "*", second = "2/4", persistent = false)
    })
    public void run() {
        routine.write(this, entityManager);
    }
}
