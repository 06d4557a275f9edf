/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** The one that {@link SmallPoolJob} calls. */
@Stateless
public class SmallPoolService {
    @PersistenceContext(unitName = "SmallPoolJob")
    private EntityManager entityManager;

    @ValidConnections
    public void inTheSameTransaction() {
        entityManager
                .createQuery("select count(e) from Entry e where e.job = 'SmallPoolJob'", Long.class)
                .getSingleResult();
    }
}
