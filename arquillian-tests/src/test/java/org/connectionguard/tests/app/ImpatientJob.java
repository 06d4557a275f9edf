/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** In a transaction, on a pool of one; waits one second. */
@Stateless
public class ImpatientJob {
    @PersistenceContext(unitName = "SmallImpatient")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections
    public String run() {
        work.run(this, entityManager);
        return "ran";
    }
}
