/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.watched;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import org.connectionguard.ValidConnections;

/** Runs every second as long as its database is there; what becomes of it when not is set by each deployment. */
@Singleton
public class WatchedJob {
    /** Its data source. */
    public static final String DATA_SOURCE = "java:jboss/datasources/Watched";

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    @ValidConnections(DATA_SOURCE)
    public void tick() {
        // That it is called is all that is looked at.
    }
}
