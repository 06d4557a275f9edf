/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Has the persistence context that {@link InjectDelegatingJob} works with. */
@Dependent
public class InjectedRepository {
    @PersistenceContext(unitName = "InjectDelegatingJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    void run(Object job) {
        routine.write(job, entityManager);
    }
}
