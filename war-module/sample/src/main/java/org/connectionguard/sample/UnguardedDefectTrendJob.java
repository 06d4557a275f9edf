/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The same job as {@link DefectTrendJob}, as it is written everywhere, on a data source of its own. */
@Singleton
public class UnguardedDefectTrendJob {
    @PersistenceContext(unitName = "defects-unguarded")
    private EntityManager entityManager;

    @Inject
    private RunHistory history;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    @Recorded
    public void gather() {
        history.ranOn(new TrendGathering("unguarded", entityManager).gather());
    }
}
