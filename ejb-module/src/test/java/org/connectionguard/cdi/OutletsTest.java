/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.testing.Jndi;
import org.connectionguard.testing.Log;
import org.connectionguard.testing.SmallDatabase;
import org.connectionguard.testing.SmallServer;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the ways is opened by what the application has, and what a setting says. */
class OutletsTest {
    private static final String METRICS = "connection-guard.metrics";
    private static final String SOURCE = "java:/Jobs";

    @RegisterExtension
    private final Jndi jndi = new Jndi();

    @RegisterExtension
    private final Log log = new Log();

    private final SmallDatabase database = new SmallDatabase();

    @BeforeEach
    void server() {
        SmallServer.bindTransactions(jndi);
        jndi.bind(SOURCE, database.dataSource());
    }

    @AfterEach
    void unset() {
        System.clearProperty(METRICS);
    }

    /** As WildFly has one, where Micrometer is switched on. */
    @ApplicationScoped
    static class Registry {
        private final MeterRegistry registry = new SimpleMeterRegistry();

        @Produces
        MeterRegistry registry() {
            return registry;
        }
    }

    /** As MicroProfile Telemetry has one. */
    @ApplicationScoped
    static class Telemetry {
        private final InMemoryMetricReader reader = InMemoryMetricReader.create();

        @Produces
        OpenTelemetry telemetry() {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }

        int metrics() {
            return reader.collectAllMetrics().size();
        }
    }

    private static int meters(WeldContainer container) {
        return container.select(MeterRegistry.class).get().getMeters().size();
    }

    @ParameterizedTest
    @CsvSource({"auto, true, false", "micrometer, true, false", "otel, false, true", "off, false, false"})
    void oneOfTheSystemsOfMetricsIsUsed(String setting, boolean micrometer, boolean openTelemetry) {
        System.setProperty(METRICS, setting);
        try (WeldContainer container = Deployment.of(Registry.class, Telemetry.class)) {
            container.select(ConnectionGuard.class).get().validate(SOURCE);
            assertThat(meters(container) > 0).isEqualTo(micrometer);
            assertThat(container.select(Telemetry.class).get().metrics() > 0).isEqualTo(openTelemetry);
            assertThat(log.lines()).noneMatch(line -> line.contains("CG0135") || line.contains("CG0133"));
        }
    }

    @Test
    void withoutMicrometerItIsOpenTelemetry() {
        try (WeldContainer container = Deployment.of(Telemetry.class)) {
            container.select(ConnectionGuard.class).get().validate(SOURCE);
            assertThat(container.select(Telemetry.class).get().metrics()).isPositive();
        }
    }

    @Test
    void whatIsMeasuredIsTheDeploymentsRunsAndEndsWithIt() {
        MeterRegistry registry;
        try (WeldContainer container = Deployment.of(Registry.class)) {
            registry = container.select(Registry.class).get().registry();
            container.select(ConnectionGuard.class).get().validate(SOURCE);
            assertThat(registry.get("connection.guard.validation")
                            .tags("data.source", SOURCE, "result", "alive")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"micrometer", "otel"})
    void aSystemThatIsNamedAndNotThereIsAWarningAndNoDeploymentError(String setting) {
        System.setProperty(METRICS, setting);
        try (WeldContainer container = Deployment.of()) {
            container.select(ConnectionGuard.class).get().validate(SOURCE);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("CG0135") || line.contains("CG0133"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING CG0135 connection-guard.metrics = " + setting)
                    .contains("or set auto");
        }
    }

    @Test
    void whereNothingIsSaidNothingThatIsMissingIsAskedFor() {
        try (WeldContainer container = Deployment.of()) {
            container.select(ConnectionGuard.class).get().validate(SOURCE);
            assertThat(log.lines()).noneMatch(line -> line.contains("CG0135") || line.contains("CG0133"));
        }
    }
}
