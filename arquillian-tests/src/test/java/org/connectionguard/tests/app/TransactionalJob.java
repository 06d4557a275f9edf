/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import org.connectionguard.ValidConnections;

/** Bean: CDI, {@code @Transactional}. */
@ApplicationScoped
public class TransactionalJob {
    @PersistenceContext(unitName = "TransactionalJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Transactional
    @ValidConnections
    public void run() {
        work.run(this, entityManager);
    }
}
