/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Timer: persistent, kept in the server's timer store. */
@Singleton
public class PersistentJob {
    @PersistenceContext(unitName = "PersistentJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = true)
    public void run() {
        routine.write(this, entityManager);
    }
}
