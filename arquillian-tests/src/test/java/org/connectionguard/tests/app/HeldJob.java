/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Guarded, and called in transactions that hold all connections of its pool already. */
@Stateless
public class HeldJob {
    @PersistenceContext(unitName = "HeldJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections(maxWait = "PT3S")
    public String run() {
        work.run(this, entityManager);
        return "ran";
    }
}
