/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.connectionguard.GuardEvent.ScheduleEnded;

/** A job will not run again. */
@Name("org.connectionguard.ScheduleEnded")
@Label("Schedule Ended")
@Description("The server has no timer for a job any more: it will not run again")
@Category({"Connection Guard", "Jobs"})
final class ScheduleEndedEvent extends Recorded<ScheduleEnded> {
    @Label("Job")
    String job;

    @Label("Expected")
    @Description("Whether its schedule has come to its end; else its timer was thrown away")
    boolean expected;

    @Override
    void fill(ScheduleEnded ended) {
        job = ended.job();
        expected = ended.expected();
    }
}
