/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Bean: stateless. */
@Stateless
public class StatelessJob {
    @PersistenceContext(unitName = "StatelessJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        routine.write(this, entityManager);
    }
}
