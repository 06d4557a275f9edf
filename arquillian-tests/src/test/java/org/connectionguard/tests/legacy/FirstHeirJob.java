/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Method: inherited. */
@Singleton
public class FirstHeirJob extends InheritedJob {
    @PersistenceContext(unitName = "FirstHeirJob")
    private EntityManager entityManager;

    @Override
    EntityManager entityManager() {
        return entityManager;
    }
}
