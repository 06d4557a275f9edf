/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.connectionguard.DataSourceState;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.message.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every transition of {@link Health}'s table, and what goes with it. */
class HealthTest {
    private static final long PATIENCE = Duration.ofMinutes(1).toNanos();
    private static final Trouble GONE = Trouble.of(Reason.DOWN, "gone");

    private final VirtualTime time = new VirtualTime();
    private final Health health = new Health(time);

    /** How to get from the begin to each state. */
    private void reach(DataSourceState state) {
        Map<DataSourceState, Runnable> ways = new EnumMap<>(DataSourceState.class);
        ways.put(DataSourceState.HEALTHY, () -> {});
        ways.put(DataSourceState.SUSPECT, health::suspect);
        ways.put(DataSourceState.UNAVAILABLE, this::fail);
        ways.put(DataSourceState.BACK, () -> {
            fail();
            health.fit(false);
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
        "UNAVAILABLE, fit, BACK",
        "HEALTHY, unfit, SUSPECT",
        "SUSPECT, unfit, SUSPECT",
        "BACK, unfit, SUSPECT",
        "UNAVAILABLE, unfit, UNAVAILABLE",
        "HEALTHY, lost, SUSPECT",
        "SUSPECT, lost, SUSPECT",
        "BACK, lost, SUSPECT",
        "UNAVAILABLE, lost, UNAVAILABLE",
        "HEALTHY, failed, UNAVAILABLE",
        "SUSPECT, failed, UNAVAILABLE",
        "BACK, failed, UNAVAILABLE",
        "UNAVAILABLE, failed, UNAVAILABLE"
    })
    void fromEachStateEachEventLeadsWhereTheTableSays(DataSourceState from, String event, DataSourceState to) {
        reach(from);
        switch (event) {
            case "fit" -> health.fit(false);
            case "unfit" -> health.unfit(true);
            case "lost" -> health.suspect();
            default -> fail();
        }
        assertThat(health.state()).isEqualTo(to);
        assertThat(health.isHealthy()).isEqualTo(to == DataSourceState.HEALTHY);
        assertThat(health.isUnavailable()).isEqualTo(to == DataSourceState.UNAVAILABLE);
    }

    @Test
    void anOutageBeginsOnceAndEndsWithItsLengthAndItsFailures() {
        assertThat(fail()).isTrue();
        time.pass(Duration.ofSeconds(3));
        assertThat(fail()).isFalse();
        assertThat(health.fit(false)).contains(new Health.Outage(Reason.DOWN, Duration.ofSeconds(3), 2));
        assertThat(health.fit(false)).isEmpty();
        assertThat(fail()).isTrue();
    }

    @Test
    void afterAFailureThereIsAPause() {
        fail();
        assertThat(health.isPausing(PATIENCE)).isTrue();
        time.pass(Settings.DEFAULTS.initialBackoff());
        assertThat(health.isPausing(PATIENCE)).isFalse();
    }

    @Test
    void noPauseIsLongerThanTheShortestPatience() {
        for (int i = 0; i < 10; i++) {
            fail();
        }
        Duration second = Duration.ofSeconds(1);
        assertThat(health.nextAttempt(PATIENCE))
                .isEqualTo(time.nanos() + Settings.DEFAULTS.maxBackoff().toNanos());
        assertThat(health.nextAttempt(second.toNanos())).isEqualTo(time.nanos() + second.toNanos());
        assertThat(health.isPausing(second.toNanos())).isTrue();
        time.pass(second);
        assertThat(health.isPausing(second.toNanos())).isFalse();
        assertThat(health.isPausing(PATIENCE)).isTrue();
    }

    @Test
    void aFailureIsOldNewsWhenItIsAsOldAsThePatience() {
        assertThat(health.isOldNews(0)).isFalse();
        fail();
        Duration second = Duration.ofSeconds(1);
        assertThat(health.isOldNews(second.toNanos())).isFalse();
        time.pass(second);
        assertThat(health.isOldNews(second.toNanos())).isTrue();
        assertThat(health.isOldNews(PATIENCE)).isFalse();
        health.fit(false);
        assertThat(health.isOldNews(0)).isFalse();
    }

    @Test
    void aRefusalIsToldForTheFirstPauseOnlyHoweverManyThereWere() {
        for (int i = 0; i < 10; i++) {
            health.failed(Trouble.of(Reason.REFUSED, "wrong password"), Settings.DEFAULTS);
        }
        assertThat(health.refusal()).isPresent();
        time.pass(Settings.DEFAULTS.initialBackoff());
        assertThat(health.refusal()).isEmpty();
        assertThat(health.isPausing(PATIENCE)).isFalse();
        fail();
        assertThat(health.refusal()).isEmpty();
    }

    @Test
    void threeUnfitOnesAfterSweepsAreTheServersFaultAndSixtyFourWhereNothingSweeps() {
        assertThat(health.unfit(true)).isFalse();
        assertThat(health.unfit(true)).isFalse();
        assertThat(health.unfit(true)).isTrue();
        health.fit(false);
        for (int i = 1; i < 64; i++) {
            assertThat(health.unfit(false)).isFalse();
        }
        assertThat(health.unfit(false)).isTrue();
    }

    @Test
    void whatWasFoundFitIsFreshUntilSomethingIsWrong() {
        Duration window = Duration.ofSeconds(1);
        assertThat(health.isFresh(window, false)).isFalse();
        health.fit(false);
        assertThat(health.isFresh(window, false)).isTrue();
        health.suspect();
        assertThat(health.isFresh(window, false)).isFalse();
    }

    @Test
    void whatWasFoundFitForAReaderIsNotFreshForAWriter() {
        Duration window = Duration.ofSeconds(2);
        health.fit(false);
        assertThat(health.isFresh(window, true)).isFalse();
        health.fit(true);
        time.pass(Duration.ofSeconds(1));
        health.fit(false);
        assertThat(health.isFresh(window, true)).isTrue();
        time.pass(Duration.ofSeconds(1));
        assertThat(health.isFresh(window, true)).isFalse();
        assertThat(health.isFresh(window, false)).isTrue();
    }

    @Test
    void faultsOfTheirOwnAreEvictedThenSweptThenLetPassUntilAConnectionHasNone() {
        List<OwnFaults> become = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            become.add(health.ownFaults());
            health.ownFault();
        }
        assertThat(become)
                .containsExactly(
                        OwnFaults.EVICT,
                        OwnFaults.EVICT,
                        OwnFaults.EVICT,
                        OwnFaults.SWEEP,
                        OwnFaults.SWEEP,
                        OwnFaults.SWEEP,
                        OwnFaults.LET_PASS,
                        OwnFaults.LET_PASS);
        health.withoutOwnFault();
        assertThat(health.ownFaults()).isEqualTo(OwnFaults.EVICT);
        assertThat(health.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void aRefusalIsToldOnlyWhileThePauseLasts() {
        health.failed(Trouble.of(Reason.REFUSED, "no"), Settings.DEFAULTS);
        assertThat(health.refusal()).isPresent();
        health.endPause();
        assertThat(health.refusal()).isEmpty();
        fail();
        assertThat(health.refusal()).isEmpty();
    }
}
