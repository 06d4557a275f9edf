/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One job for each case of each axis: timer, bean, transaction, binding, data sources. Deployed twice, byte for byte the
 * same: as {@code guarded.war}, and as {@code unguarded.war} with {@code connection-guard.enabled=false}. Each job has a
 * data source and a persistence unit of its own, named like its class.
 */
package org.connectionguard.tests.app;
