/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Starts and stops what Connection Guard is shown on: a database and a WildFly, on loopback, on free ports, without Docker
 * and without root. The demo, the tests and the benchmarks use it; the library never does.
 */
package org.connectionguard.server;
