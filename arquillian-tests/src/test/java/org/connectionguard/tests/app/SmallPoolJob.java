/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Guarded, and calls guarded in its own transaction; the pool has one connection. */
@Stateless
public class SmallPoolJob {
    @PersistenceContext(unitName = "SmallPoolJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @EJB
    private SmallPoolService service;

    @ValidConnections
    public void run() {
        work.run(this, entityManager);
        service.inTheSameTransaction();
    }
}
