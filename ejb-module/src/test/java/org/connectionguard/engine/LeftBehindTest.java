/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.connectionguard.config.Settings;
import org.junit.jupiter.api.Test;

/** How rare the attempts become that are made beside what does not come back. In virtual time. */
class LeftBehindTest extends VisitFixture {
    private static final Duration TIMEOUT = SETTINGS.validationTimeout();

    private final LeftBehind left = new LeftBehind(time);

    /** An attempt that begins now and is left behind after this time. */
    private Probe leaves(Duration after) {
        Probe probe = probe();
        time.pass(after);
        left.add(probe);
        left.postpone(probe);
        return probe;
    }

    private Duration pause() {
        return Duration.ofNanos(left.nextAttempt() - time.nanos());
    }

    private Duration patience() {
        return Duration.ofNanos(left.patience(SETTINGS));
    }

    @Test
    void withoutAnyThereIsNoPause() {
        assertThat(left.isEmpty()).isTrue();
        assertThat(left.size()).isZero();
        assertThat(left.stream()).isEmpty();
        assertThat(left.isPausing(time.nanos())).isFalse();
        assertThat(patience()).isEqualTo(TIMEOUT);
    }

    @Test
    void oneThatPostponesNothingIsOnlyCounted() {
        // Past the moment at which the clock wraps around.
        time.pass(Duration.ofSeconds(1));
        LeftBehind later = new LeftBehind(time);
        Probe probe = probe();
        later.add(probe);
        assertThat(later.isEmpty()).isFalse();
        assertThat(later.size()).isEqualTo(1);
        assertThat(later.stream()).containsExactly(probe);
        assertThat(later.isPausing(time.nanos())).isFalse();
        assertThat(later.patience(SETTINGS)).isEqualTo(TIMEOUT.toNanos());
    }

    @Test
    void fromHoweverManySilencesTheyAreManyAtSomeTime() {
        List<Probe> probes = new ArrayList<>();
        while (!left.isMany()) {
            probes.add(leaves(TIMEOUT));
            left.signOfLife();
        }
        assertThat(left.size()).isEqualTo(LeftBehind.MANY);
        left.remove(probes.get(0));
        assertThat(left.isMany()).isFalse();
    }

    @Test
    void eachAttemptDoublesThePatienceAndThePause() {
        leaves(TIMEOUT);
        assertThat(pause()).isZero();
        assertThat(patience()).isEqualTo(TIMEOUT.multipliedBy(2));
        leaves(TIMEOUT);
        assertThat(pause()).isEqualTo(TIMEOUT);
        assertThat(left.isPausing(time.nanos())).isTrue();
        assertThat(left.isPausing(left.nextAttempt() - 1)).isTrue();
        assertThat(left.isPausing(left.nextAttempt())).isFalse();
        assertThat(patience()).isEqualTo(TIMEOUT.multipliedBy(4));
    }

    @Test
    void thoseThatWereUnderWayTogetherAreOneAttempt() {
        Probe one = probe();
        Probe other = probe();
        time.pass(Duration.ofSeconds(1));
        left.add(one);
        left.postpone(one);
        left.add(other);
        left.postpone(other);
        assertThat(left.size()).isEqualTo(2);
        assertThat(patience()).isEqualTo(TIMEOUT.multipliedBy(2));
    }

    @Test
    void oneThatBeganAfterTheLastWasLeftIsAnother() {
        leaves(Duration.ofSeconds(1));
        leaves(Duration.ZERO);
        assertThat(patience()).isEqualTo(TIMEOUT.multipliedBy(4));
    }

    @Test
    void whenTheLastOneIsBackAllIsAsAtTheBegin() {
        Probe one = leaves(Duration.ZERO);
        Probe other = leaves(Duration.ZERO);
        left.remove(one);
        assertThat(left.isPausing(time.nanos())).isTrue();
        assertThat(patience()).isEqualTo(TIMEOUT.multipliedBy(4));
        left.remove(other);
        assertThat(patience()).isEqualTo(TIMEOUT);
        left.add(other);
        assertThat(left.isPausing(time.nanos())).isFalse();
    }

    @Test
    void afterASignOfLifeTheNextSilenceIsTheFirst() {
        leaves(Duration.ZERO);
        leaves(Duration.ZERO);
        assertThat(left.isPausing(time.nanos())).isTrue();
        left.signOfLife();
        assertThat(left.isPausing(time.nanos())).isFalse();
        assertThat(left.size()).isEqualTo(2);
        assertThat(patience()).isEqualTo(TIMEOUT);
        leaves(Duration.ZERO);
        assertThat(pause()).isEqualTo(TIMEOUT);
    }

    @Test
    void howeverManyThereAreThePatienceStaysATime() {
        Settings settings = SETTINGS.withValidationTimeout(Duration.ofSeconds(3));
        long longest = 0;
        for (int i = 0; i < 100; i++) {
            Probe probe = probe(settings);
            left.add(probe);
            left.postpone(probe);
            assertThat(left.patience(settings)).isGreaterThanOrEqualTo(longest);
            longest = left.patience(settings);
        }
    }
}
