/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Wants no transaction; where the server begins one all the same, the job does not mind. */
@Stateless
public class NoTransactionJob {
    @PersistenceContext(unitName = "patient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void run() {
        ledger.read("NoTransactionJob", entityManager);
    }
}
