/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.connectionguard.GuardEvent.RunStarted;

/** A job has been called. */
@Name("org.connectionguard.RunStart")
@Label("Job Run Start")
@Description("A job has been called: a call that hangs has no other event")
@Category({"Connection Guard", "Jobs"})
@Enabled(false)
final class RunStartEvent extends Recorded<RunStarted> {
    @Label("Job")
    String job;

    @Label("Run")
    @Description("The number of the call in its deployment")
    long run;

    @Override
    void fill(RunStarted started) {
        job = started.job();
        run = started.run();
    }
}
