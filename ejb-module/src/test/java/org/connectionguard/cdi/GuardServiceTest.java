/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.RunningState;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.connectionguard.testing.Stub;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuardServiceTest {
    private static final String NAME = "java:/Jobs";
    private static final String MAX_WAIT = "connection-guard.max-wait";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final RunningState server = new RunningState();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(NAME, database.dataSource());
    }

    @AfterEach
    void unset() {
        System.clearProperty(MAX_WAIT);
    }

    private static final InvocationContext INVOCATION = Stub.of(InvocationContext.class, (method, arguments) -> "done");

    /** Saves something at the end. */
    @ApplicationScoped
    static class Keeper {
        @ValidConnections
        public String save() {
            return "saved";
        }
    }

    private static ConnectionGuard guard(WeldContainer container) {
        return container.select(ConnectionGuard.class).get();
    }

    /** Beans are destroyed in any order, and may save something then. */
    @Test
    void whatIsCalledWhenItIsGoneIsNotRefused() throws Exception {
        jndi.unbind(NAME);
        try (WeldContainer container = Deployment.of(Keeper.class)) {
            GuardService service = container.select(GuardService.class).get();
            assertThat(service.isEnabled()).isTrue();
            service.close();
            assertThat(service.isEnabled()).isFalse();
            service.validate(NAME);
            service.validate((DataSource) null);
            assertThat(service.inTransaction(INVOCATION, Keeper.class)).isEqualTo("done");
            assertThat(service.beforeTransaction(INVOCATION)).isEqualTo("done");
            assertThat(container.select(Keeper.class).get().save()).isEqualTo("saved");
        }
    }

    @Test
    void aThreadWithoutAContextClassLoaderMayAsk() throws InterruptedException {
        try (WeldContainer container = Deployment.of()) {
            ConnectionGuard guard = guard(container);
            CompletableFuture<Void> asked = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    guard.validate(NAME);
                    asked.complete(null);
                } catch (RuntimeException e) {
                    asked.completeExceptionally(e);
                }
            });
            thread.setContextClassLoader(null);
            thread.start();
            assertThat(asked).succeedsWithin(Duration.ofSeconds(10));
            assertThat(database.borrowed()).isEqualTo(1);
        }
    }

    @Test
    void aDataSourceThatWasRedeployedIsTheOneThatIsAsked() {
        System.setProperty(MAX_WAIT, "PT0S");
        try (WeldContainer container = Deployment.of()) {
            guard(container).validate(NAME);
            SmallDatabase redeployed = new SmallDatabase();
            jndi.bind(NAME, redeployed.dataSource());
            database.stop();
            guard(container).validate(NAME);
            assertThat(redeployed.borrowed()).isEqualTo(1);
        }
    }

    @Test
    void undeploymentEndsTheWaitBeforeBeansAreDestroyed() throws InterruptedException {
        database.stop();
        try (WeldContainer container = Deployment.of()) {
            ConnectionGuard guard = guard(container);
            CountDownLatch begun = database.nextBorrowing();
            CompletableFuture<Void> job = CompletableFuture.runAsync(() -> guard.validate(NAME));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.listeners()).isEqualTo(1);
            container
                    .event()
                    .select(BeforeDestroyed.Literal.of(ApplicationScoped.class))
                    .fire("undeploying");
            assertThat(job)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .withMessageContaining("(stopped)");
            assertThat(server.listeners()).isZero();
        }
    }

    @Test
    void theGuardIsThereFromTheDeploymentToItsEnd() {
        try (WeldContainer container = Deployment.of()) {
            assertThat(container.isRunning()).isTrue();
            assertThat(server.listeners()).isEqualTo(1);
        }
        assertThat(server.everListened()).isEqualTo(1);
        assertThat(server.listeners()).isZero();
    }

    @Test
    void whereCdiFailsTheServersInterceptorFindsNoGuard() {
        assertThat(GuardService.of(() -> {
                    throw new IllegalStateException("No container");
                }))
                .isEmpty();
        assertThat(GuardService.of(() -> {
                    throw new IllegalArgumentException("Another container's");
                }))
                .isEmpty();
        assertThat(GuardService.of(() -> {
                    throw new NoClassDefFoundError("jakarta/enterprise/inject/spi/CDI");
                }))
                .isEmpty();
    }
}
