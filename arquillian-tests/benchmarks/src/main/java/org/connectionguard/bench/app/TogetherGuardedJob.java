/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job with the guard, that fires together with others of its kind. */
@Stateless
@ValidConnections("java:jboss/datasources/together/GUARD")
public class TogetherGuardedJob extends Job {}
