/* SPDX-License-Identifier: Apache-2.0 */
/** Meters of Micrometer or OpenTelemetry, by the same names; each API is known by one class, which is loaded where the API is. */
package org.connectionguard.observability.metrics;
