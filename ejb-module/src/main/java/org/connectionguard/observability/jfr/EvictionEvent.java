/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.connectionguard.GuardEvent.Evicted;

/** A pooled connection was destroyed. */
@Name("org.connectionguard.Eviction")
@Label("Eviction")
@Description("A pooled connection was destroyed")
@Category({"Connection Guard", "Data Sources"})
final class EvictionEvent extends Recorded<Evicted> {
    @Label("Data Source")
    String dataSource;

    @Label("Cause")
    String cause;

    @Label("Why")
    String why;

    @Label("Siblings")
    @Description("Whether what was idle in its pool was destroyed with it")
    boolean siblings;

    @Override
    void fill(Evicted evicted) {
        dataSource = evicted.dataSource();
        cause = evicted.cause().name();
        why = evicted.why();
        siblings = evicted.siblings();
    }
}
