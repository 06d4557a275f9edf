/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** The guarded job. One annotation is all that sets it apart from {@link UnguardedDefectTrendJob}. */
@Singleton
public class DefectTrendJob {
    @PersistenceContext(unitName = "defects")
    private EntityManager entityManager;

    @Inject
    private RunHistory history;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    @ValidConnections(writable = true)
    @Recorded
    public void gather() {
        history.ranOn(new TrendGathering("guarded", entityManager).gather());
    }
}
