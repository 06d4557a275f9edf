/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Timer: declared by ejb-jar.xml, the schedule and the method. */
@Stateless
public class DescriptorTimerJob {
    @PersistenceContext(unitName = "DescriptorTimerJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    public void run() {
        routine.write(this, entityManager);
    }
}
