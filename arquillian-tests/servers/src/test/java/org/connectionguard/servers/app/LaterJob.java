/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;

/** Is made up when its database is back; seldom enough that its next expiration does not do it. */
@Stateless
public class LaterJob {
    @PersistenceContext(unitName = "impatient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false)
    @ValidConnections(onUnavailable = OnUnavailable.LATER)
    public void run() {
        ledger.work("LaterJob", entityManager);
    }
}
