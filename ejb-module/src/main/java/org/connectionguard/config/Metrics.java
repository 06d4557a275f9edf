/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.config;

/** By which API the guard is measured: {@code connection-guard.metrics}. */
public enum Metrics {
    /** Micrometer where the deployment has a registry of it, else OpenTelemetry where it has that; two at once would be too many. */
    AUTO,
    /** Micrometer. */
    MICROMETER,
    /** OpenTelemetry. */
    OTEL,
    /** By none. */
    OFF;

    static final Format<Metrics> FORMAT = Format.oneOf("auto, micrometer, otel or off", values());
}
