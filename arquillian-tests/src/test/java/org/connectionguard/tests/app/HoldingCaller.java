/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has no guard, and its transaction holds a connection already when it calls who has one. */
@Stateless
public class HoldingCaller {
    @PersistenceContext(unitName = "SmallPoolJob")
    private EntityManager small;

    @EJB
    private SmallPoolService service;

    @PersistenceContext(unitName = "HeldJob")
    private EntityManager held;

    @EJB
    private HeldJob job;

    /** On a pool of one connection. */
    public String call() {
        hold(small);
        service.inTheSameTransaction();
        return "ran";
    }

    /** On a larger pool, when each of the others holds its connection too. */
    public String call(CyclicBarrier others) throws InterruptedException, BrokenBarrierException, TimeoutException {
        hold(held);
        others.await(20, TimeUnit.SECONDS);
        return job.run();
    }

    private static void hold(EntityManager entityManager) {
        entityManager.createNativeQuery("select 1").getSingleResult();
    }
}
