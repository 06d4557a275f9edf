/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Method: protected. */
@Singleton
public class ProtectedJob {
    @PersistenceContext(unitName = "ProtectedJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    protected void run() {
        routine.write(this, entityManager);
    }
}
