/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Bean: a business method, called from a servlet. */
@Stateless
public class BusinessJob {
    @PersistenceContext(unitName = "BusinessJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @ValidConnections
    public void run() {
        work.run(this, entityManager);
    }
}
