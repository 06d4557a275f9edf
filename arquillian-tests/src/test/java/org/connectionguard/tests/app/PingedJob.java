/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** The same work on the same data source, content with a server that answers. */
@Stateless
public class PingedJob {
    @PersistenceContext(unitName = "Writable")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections(maxWait = "PT2S")
    public String run() {
        work.run(this, entityManager);
        return "ran";
    }
}
