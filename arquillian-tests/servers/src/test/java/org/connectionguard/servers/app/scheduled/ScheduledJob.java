/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app.scheduled;

import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.concurrent.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.connectionguard.ValidConnections;
import org.connectionguard.servers.app.Ledger;

/** Is run by Jakarta Concurrency, which runs a method never again that has thrown. */
@ApplicationScoped
public class ScheduledJob {
    @PersistenceContext(unitName = "patient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @Asynchronous(runAt = @Schedule(cron = "*/2 * * * * *"))
    @Transactional(TxType.REQUIRES_NEW)
    @ValidConnections
    public void run() {
        ledger.work("ScheduledJob", entityManager);
    }
}
