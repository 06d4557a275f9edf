/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Its driver may throw an Error; waits one second. */
@Stateless
public class FaultyJob {
    @PersistenceContext(unitName = "FaultyJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections(maxWait = "PT1S")
    public String run() {
        work.run(this, entityManager);
        return "ran";
    }
}
