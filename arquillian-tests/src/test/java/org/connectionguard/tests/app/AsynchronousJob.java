/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Bean: asynchronous. */
@Stateless
public class AsynchronousJob {
    @PersistenceContext(unitName = "AsynchronousJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Asynchronous
    @ValidConnections
    public void run() {
        work.run(this, entityManager);
    }
}
