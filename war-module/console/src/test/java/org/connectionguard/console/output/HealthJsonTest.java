/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.ZoneId;
import java.util.List;
import org.connectionguard.console.Sample;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.ServerState;
import org.connectionguard.console.verdict.Verdict;
import org.junit.jupiter.api.Test;

class HealthJsonTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Test
    void aJobThatFailedIsDownAndTheSentenceIsThePages() {
        ServerState state = Sample.state(List.of(Sample.job("a", Outcome.RAN), Sample.job("b", Outcome.FAILED)));
        JsonObject health = HealthJson.of(state, ZONE);
        assertThat(health.getString("status")).isEqualTo("DOWN");
        assertThat(health.getString("verdict"))
                .isEqualTo(Verdict.of(state).sentence().text(ZONE));
        JsonObject check = health.getJsonArray("checks").getJsonObject(0);
        assertThat(check.getString("name")).isEqualTo("shop");
        assertThat(check.getString("status")).isEqualTo("DOWN");
        assertThat(check.getJsonObject("data").getInt("not-as-promised")).isEqualTo(1);
    }

    @Test
    void whatIsPutOffIsUp() {
        JsonObject health =
                HealthJson.of(Sample.state(List.of(Sample.putOff(Sample.job("a", Outcome.DEFERRED), 5))), ZONE);
        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(health.getString("level")).isEqualTo("attention");
    }
}
