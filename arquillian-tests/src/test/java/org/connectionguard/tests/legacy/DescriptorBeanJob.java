/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** A class like any other: that it is a bean, and has a timer, stands in ejb-jar.xml alone. */
public class DescriptorBeanJob {
    @PersistenceContext(unitName = "DescriptorBeanJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    public void run() {
        routine.write(this, entityManager);
    }
}
