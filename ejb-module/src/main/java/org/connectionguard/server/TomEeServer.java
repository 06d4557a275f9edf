/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.Optional;

/** TomEE. */
final class TomEeServer implements ApplicationServer {
    @Override
    public String name() {
        return "TomEE";
    }

    @Override
    public Optional<TransactionManager> transactionManager() {
        return Names.call(TransactionManager.class, "org.apache.openejb.OpenEJB", "getTransactionManager");
    }

    @Override
    public List<String> registries() {
        return List.of("openejb:TransactionSynchronizationRegistry");
    }

    /** A connection that another thread has taken into a transaction fails the commit (IllegalMonitorStateException). */
    @Override
    public boolean letsThreadsIn() {
        return false;
    }

    @Override
    public boolean endsFailedTimers() {
        return false;
    }

    @Override
    public boolean callsTimers() {
        return false;
    }
}
