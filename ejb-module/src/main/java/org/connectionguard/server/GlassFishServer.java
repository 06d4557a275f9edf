/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.Optional;

/** GlassFish, and Payara. */
final class GlassFishServer implements ApplicationServer {
    @Override
    public String name() {
        return "GlassFish";
    }

    @Override
    public Optional<TransactionManager> transactionManager() {
        return Names.find(TransactionManager.class, "java:appserver/TransactionManager");
    }

    @Override
    public List<String> registries() {
        return List.of("java:appserver/TransactionSynchronizationRegistry");
    }

    @Override
    public boolean letsThreadsIn() {
        return true;
    }

    /** Five seconds after the first failure there is a second attempt, and then no more (EJB5119). */
    @Override
    public boolean endsFailedTimers() {
        return true;
    }

    @Override
    public boolean callsTimers() {
        return false;
    }
}
