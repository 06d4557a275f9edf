/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.connectionguard.ValidConnections;

/**
 * Expires as often and as many at once as a test wants; one instance, so that it can also while bodies hang for ever, which would
 * keep all the instances of a pool.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class BurstJob {
    /** The key of an expiration whose commit fails. */
    public static final String REFUSED = "refused";

    /** Where bodies that shall run at the same time wait for each other; they hold their connections meanwhile. */
    private static volatile CyclicBarrier together = new CyclicBarrier(1);

    @PersistenceContext(unitName = "BurstJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Resource
    private TimerService timers;

    /** Single-action timers that expire at once. */
    public void expire(int times, boolean atOnce) {
        together = new CyclicBarrier(atOnce ? times : 1);
        for (int i = 0; i < times; i++) {
            timers.createSingleActionTimer(0, new TimerConfig(null, false));
        }
    }

    /** One for each key, which it carries, all at once. */
    public void expire(List<String> keys) {
        together = new CyclicBarrier(1);
        for (String key : keys) {
            timers.createSingleActionTimer(0, new TimerConfig(key, false));
        }
    }

    @Timeout
    @ValidConnections
    public void run(Timer timer) throws InterruptedException, BrokenBarrierException, TimeoutException {
        work.run(this, entityManager);
        work.countSelects(this, entityManager);
        if (REFUSED.equals(timer.getInfo())) {
            work.refuseCommit();
        }
        together.await(20, TimeUnit.SECONDS);
    }
}
