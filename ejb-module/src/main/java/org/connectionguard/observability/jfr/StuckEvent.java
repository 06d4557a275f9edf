/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.connectionguard.GuardEvent.Stuck;

/** Something asked of pool or driver does not return. */
@Name("org.connectionguard.Stuck")
@Label("Stuck Threads")
@Description("Something asked of pool or driver does not return")
@Category({"Connection Guard", "Data Sources"})
final class StuckEvent extends Recorded<Stuck> {
    @Label("Data Source")
    String dataSource;

    @Label("Phase")
    @Description("What it was asked for")
    String phase;

    @Label("Threads")
    @Description("How many are left to it by now")
    int threads;

    @Override
    void fill(Stuck stuck) {
        dataSource = stuck.dataSource();
        phase = stuck.phase();
        threads = stuck.threads();
    }
}
