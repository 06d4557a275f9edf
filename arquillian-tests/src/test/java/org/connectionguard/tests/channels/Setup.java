/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import java.util.List;

/** A server, and what it has. */
enum Setup {
    /** No API but those that every WildFly has. */
    STANDALONE("standalone.xml"),
    FULL("standalone-full.xml"),
    /** MicroProfile Health, and no enterprise beans. */
    MICROPROFILE("standalone-microprofile.xml"),
    /** Micrometer, as its script makes it. */
    MICROMETER("standalone.xml"),
    /** OpenTelemetry, switched on by the application, and MicroProfile Health. */
    OPEN_TELEMETRY("standalone-microprofile.xml"),
    /** Micrometer, MicroProfile Health and enterprise beans. */
    EVERYTHING("standalone.xml");

    private static final String OTEL = """
            otel.sdk.disabled=false
            otel.metrics.exporter=otlp
            otel.traces.exporter=none
            otel.logs.exporter=none
            otel.exporter.otlp.protocol=http/protobuf
            otel.exporter.otlp.endpoint=%s
            otel.metric.export.interval=500
            """;

    private final String configuration;

    Setup(String configuration) {
        this.configuration = configuration;
    }

    String configuration() {
        return configuration;
    }

    String[] javaOptions() {
        return new String[] {"-XX:StartFlightRecording=name=told,settings=default"};
    }

    List<String> lines() {
        return this == EVERYTHING
                ? List.of(
                        "/extension=org.wildfly.extension.microprofile.health-smallrye:add",
                        "/subsystem=microprofile-health-smallrye:add(security-enabled=false)")
                : List.of();
    }

    List<String> scripts() {
        return hasMicrometer() ? List.of("quiet-pool-log.cli", "micrometer.cli") : List.of("quiet-pool-log.cli");
    }

    boolean hasMicrometer() {
        return this == MICROMETER || this == EVERYTHING;
    }

    /** Whether the nightly job is there, which runs by itself and so changes all figures. */
    boolean hasNight() {
        return this == EVERYTHING;
    }

    boolean hasHealth() {
        return this == MICROPROFILE || this == OPEN_TELEMETRY || this == EVERYTHING;
    }

    /**
     * What the application sets.
     *
     * @param collector where OpenTelemetry's figures go to
     */
    String settings(String collector) {
        return (this == OPEN_TELEMETRY ? OTEL.formatted(collector) : "") + """
                connection-guard.overdue-after=PT1S
                connection-guard."java\\:jboss/datasources/Told".health-down-after=PT3S
                connection-guard.initial-backoff=PT0.05S
                connection-guard.max-backoff=PT0.2S
                """;
    }
}
