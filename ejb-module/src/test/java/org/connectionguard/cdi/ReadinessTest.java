/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.ValidConnections;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server sees that asks for MicroProfile Health's checks. */
class ReadinessTest {
    private static final String SOURCE = "java:/Jobs";
    private static final String DOWN_AFTER = "connection-guard.health-down-after";
    private static final String MAX_WAIT = "connection-guard.max-wait";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeAll
    static void implementation() {
        HealthCheckResponse.setResponseProvider(Response::new);
    }

    @AfterAll
    static void noImplementation() {
        HealthCheckResponse.setResponseProvider(null);
    }

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(SOURCE, database.dataSource());
        System.setProperty(MAX_WAIT, "PT0S");
    }

    @AfterEach
    void unset() {
        System.clearProperty(DOWN_AFTER);
        System.clearProperty(MAX_WAIT);
        System.clearProperty("connection-guard.health");
        System.clearProperty("connection-guard.enabled");
    }

    private static final class Response extends HealthCheckResponseBuilder {
        private final Map<String, Object> data = new HashMap<>();
        private String name = "";
        private boolean up;

        @Override
        public HealthCheckResponseBuilder name(String text) {
            name = text;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean isUp) {
            up = isUp;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, up ? Status.UP : Status.DOWN, Optional.of(data));
        }
    }

    /** Of the application. */
    @ApplicationScoped
    static class Job {
        @ValidConnections(SOURCE)
        void gather() {}
    }

    private static HealthCheckResponse response(WeldContainer container) {
        return container
                .select(HealthCheck.class, Readiness.Literal.INSTANCE)
                .get()
                .call();
    }

    @Test
    void theCheckIsOneOfReadinessOnlyAndUp() {
        try (WeldContainer container = Deployment.of()) {
            assertThat(response(container).getName()).isEqualTo("connection-guard This deployment");
            assertThat(response(container).getStatus()).isEqualTo(Status.UP);
            assertThat(container
                            .select(HealthCheck.class, Liveness.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
            assertThat(container
                            .select(HealthCheck.class, Startup.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void anOutageIsSeenAndChangesNothingUnlessItIsSwitchedOn() {
        database.stop();
        try (WeldContainer container = Deployment.of()) {
            ConnectionGuard guard = container.select(ConnectionGuard.class).get();
            assertThatThrownBy(() -> guard.validate(SOURCE)).isInstanceOf(DatabaseUnavailableException.class);
            assertThat(response(container).getData().orElseThrow()).containsEntry(SOURCE + " state", "unavailable");
            assertThat(response(container).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void anOutageIsDownAfterWhatIsSetAndUpAgainWhenTheDatabaseIsBack() {
        System.setProperty(DOWN_AFTER, "PT0.05S");
        database.stop();
        try (WeldContainer container = Deployment.of(Job.class)) {
            Job job = container.select(Job.class).get();
            assertThat(runs(job)).isFalse();
            soon(() -> !runs(job) && response(container).getStatus() == Status.DOWN);
            database.start();
            soon(() -> runs(job));
            assertThat(response(container).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void asLongAsAJobWaitsTheOutageIsKnownToLast() {
        System.setProperty(MAX_WAIT, "PT1M");
        System.setProperty(DOWN_AFTER, "PT0.05S");
        database.stop();
        try (WeldContainer container = Deployment.of(Job.class)) {
            Job job = container.select(Job.class).get();
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> runs(job));
            soon(() -> response(container).getStatus() == Status.DOWN);
            long later = System.nanoTime() + Duration.ofMillis(500).toNanos();
            soon(() -> System.nanoTime() > later);
            assertThat(response(container).getStatus()).isEqualTo(Status.DOWN);
            database.start();
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
            assertThat(response(container).getStatus()).isEqualTo(Status.UP);
        }
    }

    private static void soon(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.onSpinWait();
        }
    }

    private static boolean runs(Job job) {
        try {
            job.gather();
            return true;
        } catch (DatabaseUnavailableException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection-guard.health", "connection-guard.enabled"})
    void whereItIsSwitchedOffThereIsNoCheck(String setting) {
        System.setProperty(setting, "false");
        try (WeldContainer container = Deployment.of()) {
            assertThat(container.select(HealthCheck.class, Any.Literal.INSTANCE).isUnsatisfied())
                    .isTrue();
        }
    }
}
