/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timestamp;
import org.connectionguard.GuardEvent.Overdue;

/** The server has promised a run that did not start. */
@Name("org.connectionguard.Overdue")
@Label("Job Overdue")
@Description("The server has promised a run that did not start")
@Category({"Connection Guard", "Jobs"})
final class OverdueEvent extends Recorded<Overdue> {
    @Label("Job")
    String job;

    @Label("Promised")
    @Description("When it should have started")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long promised;

    @Override
    void fill(Overdue overdue) {
        job = overdue.job();
        promised = overdue.promised().toEpochMilli();
    }
}
