/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** Fills an empty database with a few thousand defects, always the same ones. */
@Startup
@Singleton
public class SampleData {
    private static final List<String> TEAMS = List.of("Accounts", "Cards", "Lending", "Payments", "Treasury");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 9, 1);
    private static final int DAYS = 60;
    private static final int BATCH = 500;

    @PersistenceContext(unitName = "defects")
    private EntityManager entityManager;

    @PostConstruct
    void fill() {
        Long present = entityManager
                .createQuery("select count(d) from Defect d", Long.class)
                .getSingleResult();
        if (present > 0) {
            return;
        }
        Random random = new Random(20260901);
        int written = 0;
        for (int day = 0; day < DAYS; day++) {
            for (int team = 0; team < TEAMS.size(); team++) {
                // Each team has its own level and its own wave, and some noise.
                double level = 6 + 3 * team + 4 * Math.sin((day + 11 * team) / 8.0);
                int defects = (int) Math.max(0, Math.round(level + 2.5 * random.nextGaussian()));
                for (int i = 0; i < defects; i++) {
                    entityManager.persist(new Defect(TEAMS.get(team), FIRST_DAY.plusDays(day)));
                    if (++written % BATCH == 0) {
                        entityManager.flush();
                        entityManager.clear();
                    }
                }
            }
        }
    }
}
