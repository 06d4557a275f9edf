/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Called by very many at once, all of whom may wait. A stateless bean would let in as many only as its instance pool holds. */
@Singleton
@Lock(LockType.READ)
public class HerdJob {
    @PersistenceContext(unitName = "Herd")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections
    public String run() {
        work.run(this, entityManager);
        return "ran";
    }
}
