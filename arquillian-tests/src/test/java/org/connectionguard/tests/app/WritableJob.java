/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Demands a server that accepts writes, and waits two seconds for one. */
@Stateless
public class WritableJob {
    @PersistenceContext(unitName = "Writable")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections(writable = true, maxWait = "PT2S")
    public String run() {
        work.run(this, entityManager);
        return "ran";
    }
}
