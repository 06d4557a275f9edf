/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadPoolExecutor;

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
    public FailedTimer failedTimer() {
        return FailedTimer.GOES_ON;
    }

    @Override
    public boolean callsTimers() {
        return false;
    }

    /** Nobody tells it but the transaction manager's own field. */
    @Override
    public Optional<Duration> transactionTimeout() {
        return Names.ask(() -> {
            Field timeout = Names.type("org.apache.geronimo.transaction.manager.TransactionManagerImpl")
                    .getDeclaredField("defaultTransactionTimeoutMilliseconds");
            timeout.setAccessible(true);
            return Duration.ofMillis(((Number) timeout.get(transactionManager().orElseThrow())).longValue());
        });
    }

    /** Of the pool that all schedulers share, which is there as soon as the first timer is. */
    @Override
    public OptionalInt timerThreads() {
        return TimerThreads.of(Names.ask(() -> {
            Class<?> owner = Names.type("org.apache.openejb.core.timer.DefaultTimerThreadPoolAdapter$TimerExecutor");
            Class<?> system = Names.type("org.apache.openejb.loader.SystemInstance");
            Object shared = system.getMethod("getComponent", Class.class)
                    .invoke(system.getMethod("get").invoke(null), owner);
            Field executor = owner.getDeclaredField("executor");
            executor.setAccessible(true);
            return (ThreadPoolExecutor) executor.get(shared);
        }));
    }

    @Override
    public boolean startsTimersLate() {
        return true;
    }
}
