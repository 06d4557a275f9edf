/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import java.util.List;

/**
 * Jobs that fired together, once.
 *
 * @param nanos from the instant at which all were called until a body could send its first statement, of each that ran
 * @param lost how many did not run
 */
public record Volley(List<Long> nanos, int lost) {}
