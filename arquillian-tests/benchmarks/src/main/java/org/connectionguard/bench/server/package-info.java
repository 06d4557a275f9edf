/* SPDX-License-Identifier: Apache-2.0 */
/** The database and the WildFly of a run, and what is asked of them and done to them. */
package org.connectionguard.bench.server;
