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

/** Data sources: two at once. Without a transaction, since two one-phase resources cannot share one. */
@Singleton
public class TwoDataSourcesJob {
    @PersistenceContext(unitName = "TwoDataSourcesJob")
    private EntityManager entityManager;

    @PersistenceContext(unitName = "SecondOfTwo")
    private EntityManager second;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void run() {
        work.read(this, entityManager);
        second.createNativeQuery("select 1").getSingleResult();
    }
}
