/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.connectionguard.testing.Jndi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManagedThreadsTest {
    private static final String OF_COMPONENT = "java:comp/DefaultManagedExecutorService";
    private static final String OF_SERVER = "java:jboss/ee/concurrency/executor/default";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader ofApplication = new ClassLoader(before) {};
    private final Executor component = Runnable::run;
    private final Executor server = Runnable::run;

    @Test
    void theComponentsComeFirst() {
        assertThat(ManagedThreads.lookUp()).isEmpty();
        jndi.bind(OF_SERVER, server);
        assertThat(ManagedThreads.lookUp()).containsSame(server);
        jndi.bind(OF_COMPONENT, component);
        assertThat(ManagedThreads.lookUp()).containsSame(component);
    }

    @Test
    void whatIsNoExecutorIsNone() {
        jndi.bind(OF_COMPONENT, "something else");
        assertThat(ManagedThreads.lookUp()).isEmpty();
    }

    @Test
    void onlyWhereTimersAreCalledByTheirBeansViewTheGuardsOwnDoWhereThereAreNone() {
        Thread.currentThread().setContextClassLoader(ofApplication);
        try {
            assertThat(ManagedThreads.lookUp(new WildFlyServer(), ForkJoinPool.commonPool()))
                    .isEmpty();
            Executor own = ManagedThreads.lookUp(new TomEeServer(), ForkJoinPool.commonPool())
                    .orElseThrow();
            Thread.currentThread().setContextClassLoader(before);
            CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
            own.execute(() -> seen.complete(Thread.currentThread().getContextClassLoader()));
            assertThat(seen).succeedsWithin(Duration.ofSeconds(10)).isSameAs(ofApplication);
            jndi.bind(OF_COMPONENT, component);
            assertThat(ManagedThreads.lookUp(new TomEeServer(), ForkJoinPool.commonPool()))
                    .containsSame(component);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
