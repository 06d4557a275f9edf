/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.transaction.TransactionManager;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadPoolExecutor;

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
    public FailedTimer failedTimer() {
        return FailedTimer.ENDS;
    }

    @Override
    public boolean callsTimers() {
        return false;
    }

    /** As it is configured, zero by its own default. */
    @Override
    public Optional<Duration> transactionTimeout() {
        return Names.ask(() -> {
            Object services = Names.type("org.glassfish.internal.api.Globals")
                    .getMethod("getDefaultHabitat")
                    .invoke(null);
            Class<?> configuration = Names.type("com.sun.enterprise.transaction.config.TransactionService");
            Object configured = Names.type("org.glassfish.hk2.api.ServiceLocator")
                    .getMethod("getService", Class.class, String.class, Annotation[].class)
                    .invoke(services, configuration, "default-instance-name", new Annotation[0]);
            return Duration.ofSeconds(Long.parseLong(
                    (String) configuration.getMethod("getTimeoutInSeconds").invoke(configured)));
        });
    }

    /** Of the pool that all enterprise beans share by default. */
    @Override
    public OptionalInt timerThreads() {
        Optional<ThreadPoolExecutor> pool = Names.ask(() -> {
            Object container = Names.type("com.sun.ejb.containers.EjbContainerUtilImpl")
                    .getMethod("getInstance")
                    .invoke(null);
            return (ThreadPoolExecutor) Names.type("com.sun.ejb.containers.EjbContainerUtil")
                    .getMethod("getThreadPoolExecutor", String.class)
                    .invoke(container, (Object) null);
        });
        return TimerThreads.of(pool);
    }
}
