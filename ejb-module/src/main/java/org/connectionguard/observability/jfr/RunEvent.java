/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.connectionguard.GuardEvent.RunEnded;

/** The call of a job, from its begin to its end. */
@Name("org.connectionguard.Run")
@Label("Job Run")
@Description("A call of a job that is over. One that began before the recording has no duration of its own")
@Category({"Connection Guard", "Jobs"})
final class RunEvent extends Recorded<RunEnded> {
    @Label("Job")
    String job;

    @Label("Run")
    @Description("The number of the call in its deployment")
    long run;

    @Label("Took")
    @Description("The whole call, also where it began before the recording")
    @Timespan
    long took;

    @Label("Guarded")
    @Description("How much of it passed before the body began, or was refused")
    @Timespan
    long guarded;

    @Label("Evicted")
    @Description("How many dead connections were destroyed on its way")
    int evicted;

    @Label("Outcome")
    String outcome;

    @Label("Reason")
    @Description("Why it did not end well, with the id of the line in the log; empty where it did")
    String reason;

    @Override
    void fill(RunEnded ended) {
        job = ended.job();
        run = ended.run();
        took = ended.duration().toNanos();
        guarded = ended.guarded().toNanos();
        evicted = ended.evicted();
        outcome = ended.outcome().name();
        reason = ended.reason();
    }
}
