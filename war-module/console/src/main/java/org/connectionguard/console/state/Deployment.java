/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.state;

/**
 * What one deployment's guard protects. Immutable.
 *
 * @param id its MBean's name
 * @param since since when there is a history, in milliseconds since 1970
 * @param guarded how many timers start only on live connections
 * @param unprotected how many use data sources, and nothing guards them
 * @param nothingToGuard how many use no data source, as far as that was found
 */
public record Deployment(String id, String name, long since, int guarded, int unprotected, int nothingToGuard) {}
