/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timestamp;
import org.connectionguard.GuardEvent.DeferralEnded;

/** A run that was put off is put off no more. */
@Name("org.connectionguard.DeferralEnded")
@Label("Deferral Ended")
@Description("A run that was put off for want of a database was made up, or dropped")
@Category({"Connection Guard", "Jobs"})
final class DeferralEndedEvent extends Recorded<DeferralEnded> {
    @Label("Job")
    String job;

    @Label("Since")
    @Description("When the first of the expirations was put off that it stands for")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long since;

    @Label("Expirations")
    @Description("How many these are")
    int expirations;

    @Label("End")
    @Description("What became of it")
    String end;

    @Override
    void fill(DeferralEnded ended) {
        job = ended.job();
        since = ended.since().toEpochMilli();
        expirations = ended.expirations();
        end = ended.end().name();
    }
}
