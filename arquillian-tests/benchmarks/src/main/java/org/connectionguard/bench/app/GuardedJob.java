/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job with the guard. */
@Stateless
@ValidConnections("java:jboss/datasources/bench/GUARD")
public class GuardedJob extends Job {}
