/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.connectionguard.console.Sample;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.Pool;
import org.connectionguard.console.state.ServerState;
import org.junit.jupiter.api.Test;

class ThingsTest {
    private final Things things = new Things();

    @Test
    void onlyAJobThatHasChangedIsWrittenAnew() {
        Job same = Sample.job("same", Outcome.RAN);
        Map<String, JsonObject> before = things.of(Sample.state(List.of(same, Sample.job("changing", Outcome.RAN))));
        Map<String, JsonObject> now = things.of(Sample.state(List.of(same, Sample.job("changing", Outcome.FAILED))));
        assertThat(now.get("job same")).isSameAs(before.get("job same"));
        assertThat(now.get("job changing").getString("condition")).isEqualTo("FAILED");
    }

    @Test
    void whatAPoolCountsIsToldWhereItCounts() {
        ServerState without = Sample.state(List.of(), Sample.dataSource("HEALTHY", 0));
        assertThat(things.of(without).get("source")).doesNotContainKey("pool");
        ServerState with = new ServerState(
                without.deployments(),
                without.jobs(),
                without.dataSources(),
                Map.of("java:jboss/datasources/Orders", new Pool(3, 1, 19, 2)));
        assertThat(things.of(with).get("source").getJsonObject("pool"))
                .hasToString("{\"present\":3,\"lent\":1,\"free\":19,\"mostLent\":2}");
    }
}
