/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.told;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Optional;
import java.util.function.Supplier;
import org.connectionguard.observability.metrics.Lookup;

/** By how many ways a deployment is told of. */
public enum Ways {
    /** A guard without a listener. */
    NOBODY("no listener", false, false, Ways::noMetrics),
    /** What is always there. */
    STATISTICS("log and statistics", false, false, Ways::noMetrics),
    /** All that there are at once, where the server has Micrometer. */
    ALL("all channels, Micrometer", true, false, Ways::micrometer),
    /** The same where it has OpenTelemetry. */
    ALL_OPEN_TELEMETRY("all channels, OpenTelemetry", true, false, Ways::openTelemetry),
    /** And somebody records. */
    ALL_RECORDED("all channels, Micrometer, a flight recording", true, true, Ways::micrometer);

    private final String text;
    private final boolean channels;
    private final boolean recorded;
    private final Supplier<Optional<Object>> metrics;

    Ways(String text, boolean channels, boolean recorded, Supplier<Optional<Object>> metrics) {
        this.text = text;
        this.channels = channels;
        this.recorded = recorded;
        this.metrics = metrics;
    }

    /** For the report. */
    public String text() {
        return text;
    }

    boolean areListened() {
        return this != NOBODY;
    }

    boolean haveChannels() {
        return channels;
    }

    boolean areRecorded() {
        return recorded;
    }

    /** The beans of a server that has this system of metrics. */
    Lookup beans() {
        Optional<Object> only = metrics.get();
        return new Lookup() {
            @Override
            public <T> Optional<T> bean(Class<T> type) {
                return only.filter(type::isInstance).map(type::cast);
            }
        };
    }

    private static Optional<Object> noMetrics() {
        return Optional.empty();
    }

    /** As WildFly's: what it scrapes is a part of a registry that keeps nothing itself. */
    private static Optional<Object> micrometer() {
        MeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CompositeMeterRegistry registry = new CompositeMeterRegistry();
        registry.add(prometheus);
        return Optional.of(registry);
    }

    private static Optional<Object> openTelemetry() {
        SdkMeterProvider provider = SdkMeterProvider.builder()
                .registerMetricReader(InMemoryMetricReader.create())
                .build();
        return Optional.of(OpenTelemetrySdk.builder().setMeterProvider(provider).build());
    }
}
