/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** Transaction: bean-managed. */
@TransactionManagement(TransactionManagementType.BEAN)
@Singleton
public class BeanManagedJob {
    @PersistenceContext(unitName = "BeanManagedJob")
    private EntityManager entityManager;

    @Inject
    private Routine routine;

    @Resource
    private UserTransaction transaction;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    public void run()
            throws NotSupportedException, SystemException, RollbackException, HeuristicMixedException,
                    HeuristicRollbackException {
        transaction.begin();
        try {
            routine.write(this, entityManager);
            transaction.commit();
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
    }
}
