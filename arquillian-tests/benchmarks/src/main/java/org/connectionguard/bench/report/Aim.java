/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.report;

/**
 * What was aimed at, and what came of it.
 *
 * @param reason why it is missed, where it is
 */
public record Aim(String aim, String measured, boolean met, String reason) {}
