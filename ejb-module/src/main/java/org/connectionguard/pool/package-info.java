/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What connection pools need beyond JDBC: the identity of the physical connection, evicting it, sweeping its idle siblings.
 * One small class per pool, which reaches the pool's own classes by reflection; knows only {@code database}.
 */
package org.connectionguard.pool;
