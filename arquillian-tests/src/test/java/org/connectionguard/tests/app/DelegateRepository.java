/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Has the persistence context that {@link DelegatingJob} works with. */
@Stateless
public class DelegateRepository {
    @PersistenceContext(unitName = "DelegatingJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    public void run(Object job) {
        work.run(job, entityManager);
    }
}
