/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import java.util.List;

/**
 * What one block of calls took.
 *
 * @param nanos of each call
 * @param bytes that the calls allocated, on the callers' threads and the guard's
 */
public record Measurement(List<Long> nanos, long bytes) {}
