/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** What {@link EjbDelegatingJob} calls. */
@Stateless
public class EjbDelegate {
    @PersistenceContext(unitName = "EjbDelegatingJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    public void run(Object job) {
        routine.write(job, entityManager);
    }
}
