/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.connectionguard.GuardEvent.OutageEnded;

/** A data source gave no connections, from the begin of that to its end. */
@Name("org.connectionguard.Outage")
@Label("Outage")
@Description(
        "A data source gave no connections for a while. An outage that began before the recording has no duration of its own")
@Category({"Connection Guard", "Data Sources"})
final class OutageEvent extends Recorded<OutageEnded> {
    @Label("Data Source")
    String dataSource;

    @Label("Reason")
    @Description("Why it gave none in the end, in a word")
    String reason;

    @Label("Took")
    @Description("From the first failure to the first success, also where it began before the recording")
    @Timespan
    long took;

    @Label("Attempts")
    @Description("How many failed; none where there was only silence")
    int attempts;

    @Override
    void fill(OutageEnded ended) {
        dataSource = ended.dataSource();
        reason = ended.reason();
        took = ended.duration().toNanos();
        attempts = ended.attempts();
    }
}
