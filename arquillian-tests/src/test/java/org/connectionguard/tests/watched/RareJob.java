/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.watched;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import org.connectionguard.ValidConnections;

/** Runs so rarely that what is put off is made up before its next run is due. */
@Singleton
public class RareJob {
    @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
    @ValidConnections(WatchedJob.DATA_SOURCE)
    public void sweep() {
        // That it is called is all that is looked at.
    }
}
