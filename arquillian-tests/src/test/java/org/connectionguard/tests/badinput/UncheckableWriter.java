/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import org.connectionguard.ValidConnections;

/** Demands a server that takes writes, of a product that nobody knows how to ask: WildFly's example is H2. */
@Singleton
public class UncheckableWriter {
    @Schedule(hour = "2", persistent = false)
    @ValidConnections(value = "java:jboss/datasources/ExampleDS", writable = true)
    public void run() {}
}
