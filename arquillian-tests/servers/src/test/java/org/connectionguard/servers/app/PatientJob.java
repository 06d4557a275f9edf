/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Waits for its database as long as is set. */
@Stateless
public class PatientJob {
    @PersistenceContext(unitName = "patient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    public void run() {
        ledger.work("PatientJob", entityManager);
    }
}
