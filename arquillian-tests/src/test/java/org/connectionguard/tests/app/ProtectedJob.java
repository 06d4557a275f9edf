/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Bean: a protected timeout method. */
@Singleton
public class ProtectedJob {
    @PersistenceContext(unitName = "ProtectedJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    protected void run() {
        work.run(this, entityManager);
    }
}
