/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Transaction: NOT_SUPPORTED, so none in the body. */
@Singleton
public class NotSupportedJob {
    @PersistenceContext(unitName = "NotSupportedJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void run() {
        work.read(this, entityManager);
    }
}
