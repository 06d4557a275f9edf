/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

/**
 * What a server's pool counts of its connections. Immutable.
 *
 * @param present how many there are
 * @param lent how many of them somebody has
 * @param free how many more can be lent
 * @param mostLent how many were lent at once, at most
 */
public record Pool(int present, int lent, int free, int mostLent) {}
