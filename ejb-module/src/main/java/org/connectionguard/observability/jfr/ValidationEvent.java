/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.connectionguard.GuardEvent.Validated;

/** A connection was asked. */
@Name("org.connectionguard.Validation")
@Label("Validation")
@Description("A connection was asked whether it is alive, and fit")
@Category({"Connection Guard", "Data Sources"})
@Enabled(false)
final class ValidationEvent extends Recorded<Validated> {
    @Label("Data Source")
    String dataSource;

    @Label("Result")
    String result;

    @Label("Took")
    @Timespan
    long took;

    @Override
    void fill(Validated validated) {
        dataSource = validated.dataSource();
        result = validated.result().name();
        took = validated.duration().toNanos();
    }
}
