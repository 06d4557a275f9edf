/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job with the guard, whose database things are done to. */
@Stateless
@ValidConnections("java:jboss/datasources/heal/GUARD")
public class HealingGuardedJob extends Job {}
