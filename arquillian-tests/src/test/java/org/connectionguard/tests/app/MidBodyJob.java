/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.connectionguard.ValidConnections;

/** Can be stopped in the middle of its body, with its connection in hand, so that it can be taken away: once. */
@Stateless
public class MidBodyJob {
    private static volatile CountDownLatch goOn = new CountDownLatch(0);

    private static volatile boolean inStatement;

    @PersistenceContext(unitName = "MidBodyJob")
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Resource
    private TimerService timers;

    /** @param sleeping whether the body waits inside a statement, in the server, instead of beside it */
    public void expireAndStop(boolean sleeping) {
        goOn = new CountDownLatch(1);
        inStatement = sleeping;
        timers.createSingleActionTimer(0, new TimerConfig(null, false));
    }

    public void goOn() {
        goOn.countDown();
    }

    @Timeout
    @ValidConnections
    public void run(Timer timer) throws InterruptedException {
        work.run(this, entityManager);
        if (inStatement) {
            inStatement = false;
            work.stayInStatement(this, entityManager);
        }
        if (goOn.await(20, TimeUnit.SECONDS)) {
            work.again(this, entityManager);
        }
    }
}
