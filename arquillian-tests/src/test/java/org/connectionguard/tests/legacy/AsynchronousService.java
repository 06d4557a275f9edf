/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** What {@link AsynchronousJob} starts; nobody is told when it fails. */
@Stateless
public class AsynchronousService {
    @PersistenceContext(unitName = "AsynchronousJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Asynchronous
    public void run(Object job) {
        try {
            routine.write(job, entityManager);
        } catch (RuntimeException e) {
            routine.swallowed(job, e);
            throw e;
        }
    }
}
