/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** In its transaction it calls a bean that uses the same data source in a new one: two connections at once. */
@Singleton
public class NestedJob {
    @PersistenceContext(unitName = "NestedJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @EJB
    private NestedService nested;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        routine.write(this, entityManager);
        nested.run(this);
    }
}
