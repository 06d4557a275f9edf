/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.badinput;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import org.connectionguard.ValidConnections;

/** Demands nothing that WildFly's example data source could not be asked for; the settings may. */
@Singleton
public class UncheckableReader {
    @Schedule(hour = "2", persistent = false)
    @ValidConnections("java:jboss/datasources/ExampleDS")
    public void run() {}
}
