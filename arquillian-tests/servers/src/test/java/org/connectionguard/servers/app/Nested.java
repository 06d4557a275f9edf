/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.connectionguard.ValidConnections;

/** Is called by a job, in its transaction. */
@Stateless
public class Nested {
    @PersistenceContext(unitName = "patient")
    private EntityManager entityManager;

    @Inject
    private Ledger ledger;

    @ValidConnections
    public void run() {
        ledger.work("NestingJob", entityManager);
    }
}
