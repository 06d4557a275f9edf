/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.connectionguard.ValidConnections;

/** Data sources: of the producer behind an injected EntityManager. */
@Singleton
public class ProducedJob {
    @Inject
    @Produced
    private EntityManager entityManager;

    @Inject
    private Work work;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    @ValidConnections
    public void run() {
        work.run(this, entityManager);
    }
}
