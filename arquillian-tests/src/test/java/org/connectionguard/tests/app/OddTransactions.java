/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** Calls a guarded job in a transaction that will not commit. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class OddTransactions {
    @Resource
    private UserTransaction transaction;

    @Inject
    private HerdJob job;

    /** In a transaction that ends two seconds from now. */
    public String soonOver() throws NotSupportedException, SystemException {
        transaction.setTransactionTimeout(2);
        transaction.begin();
        try {
            return job.run();
        } finally {
            transaction.rollback();
            transaction.setTransactionTimeout(0);
        }
    }

    /** In a transaction that somebody has given up before. */
    public String markedForRollback() throws NotSupportedException, SystemException {
        transaction.begin();
        try {
            transaction.setRollbackOnly();
            return job.run();
        } finally {
            transaction.rollback();
        }
    }
}
