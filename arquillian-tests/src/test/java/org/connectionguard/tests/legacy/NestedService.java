/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Its own transaction, on the data source of {@link NestedJob}. */
@Stateless
public class NestedService {
    @PersistenceContext(unitName = "NestedJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void run(Object job) {
        routine.writeAgain(job, entityManager);
    }
}
