/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.LocalDate;

/** The work of both jobs: ordinary JPA that knows nothing of connections. For one thread and one transaction. */
final class TrendGathering {
    private final String job;
    private final EntityManager entityManager;

    TrendGathering(String job, EntityManager entityManager) {
        this.job = job;
        this.entityManager = entityManager;
    }

    /**
     * Counts each team's defects of each day, and keeps the counts.
     *
     * @return the database's id of the connection that this ran on
     */
    long gather() {
        entityManager
                .createQuery(
                        "select d.team, d.openedOn, count(d) from Defect d group by d.team, d.openedOn", Tuple.class)
                .getResultList()
                .forEach(row -> entityManager.merge(new DailyTrend(
                        job, row.get(0, String.class), row.get(1, LocalDate.class), row.get(2, Long.class))));
        entityManager.flush();
        Number connection = (Number)
                entityManager.createNativeQuery("select connection_id()").getSingleResult();
        return connection.longValue();
    }
}
