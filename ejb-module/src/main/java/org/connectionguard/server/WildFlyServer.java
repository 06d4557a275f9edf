/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.Optional;

/** WildFly, and JBoss EAP. */
public final class WildFlyServer implements ApplicationServer {
    @Override
    public String name() {
        return "WildFly";
    }

    @Override
    public Optional<TransactionManager> transactionManager() {
        return Names.find(TransactionManager.class, "java:jboss/TransactionManager");
    }

    @Override
    public List<String> registries() {
        return List.of("java:jboss/TransactionSynchronizationRegistry");
    }

    @Override
    public boolean letsThreadsIn() {
        return true;
    }

    @Override
    public FailedTimer failedTimer() {
        return FailedTimer.GOES_ON;
    }

    @Override
    public boolean callsTimers() {
        return true;
    }
}
