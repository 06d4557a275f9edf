/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.ejb.Stateless;
import org.connectionguard.ValidConnections;

/** A job whose guard does not repeat a fresh validation. */
@Stateless
@ValidConnections("java:jboss/datasources/bench/BYPASS")
public class BypassJob extends Job {}
