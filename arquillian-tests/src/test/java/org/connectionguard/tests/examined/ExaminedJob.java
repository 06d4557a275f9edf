/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import org.connectionguard.ValidConnections;

/** A nightly job, on the data source that is there in every test. */
@Singleton
public class ExaminedJob {
    @Schedule(hour = "2", persistent = false)
    @ValidConnections("java:jboss/datasources/Defects")
    public void gather() {}
}
