/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Health.State;
import org.connectionguard.message.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every transition of {@link Health}'s table, and what goes with it. */
class HealthTest {
    private static final Verdict.Unavailable GONE =
            new Verdict.Unavailable(Reason.DOWN, "gone", Optional.empty(), false);

    private final VirtualTime time = new VirtualTime();
    private final Health health = new Health(time);

    /** How to get from the begin to each state. */
    private void reach(State state) {
        Map<State, Runnable> ways = new EnumMap<>(State.class);
        ways.put(State.HEALTHY, () -> {});
        ways.put(State.SUSPECT, health::suspect);
        ways.put(State.DOWN, this::fail);
        ways.put(State.BACK, () -> {
            fail();
            health.fit();
        });
        ways.get(state).run();
        assertThat(health.state()).isEqualTo(state);
    }

    private boolean fail() {
        return health.failed(GONE, Settings.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTHY, fit, HEALTHY",
        "SUSPECT, fit, HEALTHY",
        "BACK, fit, HEALTHY",
        "DOWN, fit, BACK",
        "HEALTHY, unfit, SUSPECT",
        "SUSPECT, unfit, SUSPECT",
        "BACK, unfit, SUSPECT",
        "DOWN, unfit, DOWN",
        "HEALTHY, lost, SUSPECT",
        "SUSPECT, lost, SUSPECT",
        "BACK, lost, SUSPECT",
        "DOWN, lost, DOWN",
        "HEALTHY, failed, DOWN",
        "SUSPECT, failed, DOWN",
        "BACK, failed, DOWN",
        "DOWN, failed, DOWN"
    })
    void fromEachStateEachEventLeadsWhereTheTableSays(State from, String event, State to) {
        reach(from);
        switch (event) {
            case "fit" -> health.fit();
            case "unfit" -> health.unfit();
            case "lost" -> health.suspect();
            default -> fail();
        }
        assertThat(health.state()).isEqualTo(to);
    }

    @Test
    void anOutageBeginsOnceAndEndsWithItsLengthAndItsFailures() {
        assertThat(fail()).isTrue();
        time.pass(Duration.ofSeconds(3));
        assertThat(fail()).isFalse();
        assertThat(health.fit()).contains(new Health.Outage(Duration.ofSeconds(3), 2));
        assertThat(health.failures()).isZero();
        assertThat(health.fit()).isEmpty();
        assertThat(fail()).isTrue();
    }

    @Test
    void afterAFailureThereIsAPause() {
        fail();
        assertThat(health.isPausing()).isTrue();
        time.pass(Settings.DEFAULTS.initialBackoff());
        assertThat(health.isPausing()).isFalse();
    }

    @Test
    void unfitConnectionsAreCountedUntilOneIsFit() {
        assertThat(health.unfit()).isEqualTo(1);
        fail();
        assertThat(health.unfit()).isEqualTo(2);
        health.fit();
        assertThat(health.unfit()).isEqualTo(1);
    }

    @Test
    void whatWasFoundFitIsFreshUntilSomethingIsWrong() {
        Duration window = Duration.ofSeconds(1);
        assertThat(health.isFresh(window)).isFalse();
        health.fit();
        assertThat(health.isFresh(window)).isTrue();
        health.suspect();
        assertThat(health.isFresh(window)).isFalse();
    }
}
