/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import org.connectionguard.ValidConnections;

/** Has its transactions itself. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class OutsideJob {
    @PersistenceContext(unitName = "patient")
    private EntityManager entityManager;

    @Resource
    private UserTransaction transaction;

    @Inject
    private Ledger ledger;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    public void run() {
        try {
            transaction.begin();
            try {
                ledger.work("OutsideJob", entityManager);
            } finally {
                transaction.rollback();
            }
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException(e);
        }
    }
}
