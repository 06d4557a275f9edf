/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Catches its own exceptions, as many jobs do: nobody after the body could see what went wrong. */
@Singleton
public class SwallowingJob {
    @PersistenceContext(unitName = "SwallowingJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        try {
            routine.write(this, entityManager);
        } catch (RuntimeException e) {
            routine.swallowed(this, e);
        }
    }
}
