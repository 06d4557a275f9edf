/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.persistence.EntityManager;

/** The work of the jobs that only read. For one thread and one transaction. */
final class DefectCount {
    private final EntityManager entityManager;

    DefectCount(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Counts all defects: the database's id of the connection that this ran on. */
    long take() {
        entityManager.createQuery("select count(d) from Defect d", Long.class).getSingleResult();
        Number connection = (Number)
                entityManager.createNativeQuery("select connection_id()").getSingleResult();
        return connection.longValue();
    }
}
