/* SPDX-License-Identifier: Apache-2.0 */
/** Persistent timers of two servers that are a cluster: which of them runs what, while one or both have lost the database. */
package org.connectionguard.tests.cluster;
