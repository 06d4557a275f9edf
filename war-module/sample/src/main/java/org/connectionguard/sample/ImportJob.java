/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.LocalTime;
import org.connectionguard.ValidConnections;

/** Fails by itself, in every third minute: that is not the database's doing, and no guard's business to mend. */
@Singleton
public class ImportJob {
    @PersistenceContext(unitName = "defects")
    private EntityManager entityManager;

    @Inject
    private RunHistory history;

    @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false)
    @ValidConnections
    @Recorded
    public void read() {
        history.ranOn(new DefectCount(entityManager).take());
        if (LocalTime.now().getMinute() % 3 == 0) {
            throw new IllegalStateException("Line 17 of defects.csv has no team");
        }
    }
}
