/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Is left out where its database does not come back soon. */
@Stateless
public class SkipJob {
    @PersistenceContext(unitName = "impatient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections(onUnavailable = OnUnavailable.SKIP)
    public void run() {
        ledger.work("SkipJob", entityManager);
    }
}
