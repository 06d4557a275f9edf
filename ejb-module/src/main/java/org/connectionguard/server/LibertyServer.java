/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Open Liberty, and WebSphere Liberty. */
final class LibertyServer implements ApplicationServer {
    @Override
    public String name() {
        return "Open Liberty";
    }

    /** By name only threads of components find it (CWNEN1000E). */
    @Override
    public Optional<TransactionManager> transactionManager() {
        return Names.call(
                TransactionManager.class, "com.ibm.tx.jta.TransactionManagerFactory", "getTransactionManager");
    }

    @Override
    public List<String> registries() {
        return List.of();
    }

    /** WTRN0156E. */
    @Override
    public boolean letsThreadsIn() {
        return false;
    }

    /** After two failures, by its defaults, it waits five minutes, whatever the schedule says. */
    @Override
    public FailedTimer failedTimer() {
        return FailedTimer.IS_HELD_UP;
    }

    @Override
    public boolean callsTimers() {
        return false;
    }

    /** {@code totalTranLifetimeTimeout}. Timers have the server's threads, of which it makes as many as it finds good. */
    @Override
    public Optional<Duration> transactionTimeout() {
        return Names.ask(() -> {
            ClassLoader loader =
                    Names.type("com.ibm.tx.jta.TransactionManagerFactory").getClassLoader();
            Object configured = Class.forName("com.ibm.tx.config.ConfigurationProviderManager", true, loader)
                    .getMethod("getConfigurationProvider")
                    .invoke(null);
            return Duration.ofSeconds((int) Class.forName("com.ibm.tx.config.ConfigurationProvider", true, loader)
                    .getMethod("getTotalTransactionLifetimeTimeout")
                    .invoke(configured));
        });
    }
}
