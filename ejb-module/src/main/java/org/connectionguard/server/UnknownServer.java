/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.Optional;

/** A server that nobody here knows: only what every server can bear. */
final class UnknownServer implements ApplicationServer {
    @Override
    public String name() {
        return "an unknown server";
    }

    @Override
    public Optional<TransactionManager> transactionManager() {
        return Names.find(TransactionManager.class, "java:comp/TransactionManager");
    }

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public boolean letsThreadsIn() {
        return false;
    }

    @Override
    public FailedTimer failedTimer() {
        return FailedTimer.GOES_ON;
    }

    @Override
    public boolean callsTimers() {
        return false;
    }
}
