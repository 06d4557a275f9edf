/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.connectionguard.GuardEvent.TurnedAway;

/** A data source gave a job no live connection. */
@Name("org.connectionguard.Refusal")
@Label("Refusal")
@Description("A data source gave a job no live connection")
@Category({"Connection Guard", "Jobs"})
final class RefusalEvent extends Recorded<TurnedAway> {
    @Label("Job")
    String job;

    @Label("Run")
    @Description("The number of the call in its deployment")
    long run;

    @Label("Data Source")
    String dataSource;

    @Label("Reason")
    @Description("The kind of trouble in a word")
    String reason;

    @Label("Message")
    @Description("What was tried, how long, and what to do")
    String message;

    @Label("Decision")
    @Description("What became of the job")
    String decision;

    @Override
    void fill(TurnedAway turnedAway) {
        job = turnedAway.job();
        run = turnedAway.run();
        dataSource = turnedAway.dataSource();
        reason = turnedAway.reason();
        message = turnedAway.message();
        decision = turnedAway.decision().name();
    }
}
