/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Timer: persistent, kept in the server's timer store. */
@Singleton
public class PersistentJob {
    @PersistenceContext(unitName = "PersistentJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = true)
    @ValidConnections
    public void run() {
        work.run(this, entityManager);
    }
}
