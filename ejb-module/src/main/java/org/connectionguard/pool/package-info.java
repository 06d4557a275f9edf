/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What connection pools need beyond JDBC: the identity of the physical connection, evicting it, sweeping its idle siblings.
 * One small class per pool, for servers' pools and for those that applications bring along. Each reaches the pool's own
 * classes by reflection, through the class loaders of the handle and of what is behind it; where they are not as expected,
 * the pool gets the portable treatment. Knows only {@code database}.
 */
package org.connectionguard.pool;
