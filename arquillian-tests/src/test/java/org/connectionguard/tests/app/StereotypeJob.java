/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Binding: in a stereotype. */
@Singleton
@GuardedJobs
public class StereotypeJob {
    @PersistenceContext(unitName = "StereotypeJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        work.run(this, entityManager);
    }
}
