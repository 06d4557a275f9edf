/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** As applications have it, to inject the EntityManager everywhere. */
@Dependent
public class EntityManagerProducer {
    @Produces
    @Produced
    @PersistenceContext(unitName = "ProducedJob")
    private EntityManager entityManager;
}
