/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Knows nothing of the guard. */
@Stateless
public class AutoJob {
    @PersistenceContext(unitName = "patient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run() {
        ledger.work("AutoJob", entityManager);
    }
}
