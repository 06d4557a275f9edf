/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Somebody waits for what it finds, so that no run of it may be lost: it is put off, and made up when the database is back. */
@Singleton
public class EscalationJob {
    @PersistenceContext(unitName = "defects")
    private EntityManager entityManager;

    @Inject
    private RunHistory history;

    @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false)
    @ValidConnections(onUnavailable = OnUnavailable.LATER, maxWait = "PT2S")
    @Recorded
    public void escalate() {
        history.ranOn(new DefectCount(entityManager).take());
    }
}
