/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Transaction: NEVER, which a timeout method cannot have; called from a servlet. */
@Stateless
public class NeverJob {
    @PersistenceContext(unitName = "NeverJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections
    @TransactionAttribute(TransactionAttributeType.NEVER)
    public void run() {
        work.read(this, entityManager);
    }
}
