/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

/**
 * One run of a job that runs again and again.
 *
 * @param start milliseconds since the epoch
 * @param end the same; zero while it runs
 */
public record Beat(long start, long end, boolean succeeded) {}
