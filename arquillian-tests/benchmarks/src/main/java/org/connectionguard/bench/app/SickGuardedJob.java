/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job with the guard, whose database is not there. */
@Stateless
@ValidConnections("java:jboss/datasources/sick/GUARD")
public class SickGuardedJob extends Job {}
