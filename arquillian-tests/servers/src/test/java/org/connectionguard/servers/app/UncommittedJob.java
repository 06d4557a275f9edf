/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.servers.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.connectionguard.ValidConnections;

/** Its body comes to its end, and its commit fails: as where JPA has statements left for it that the database refuses. */
@Stateless
public class UncommittedJob extends ExpiresOnce {
    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Timeout
    @ValidConnections
    public void run(Timer timer) {
        work("UncommittedJob", timer);
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                throw new IllegalStateException("Refused at the commit, as the test wants it");
            }

            @Override
            public void afterCompletion(int status) {
                // Not committed.
            }
        });
    }
}
