/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How rare they become. In virtual time. */
class ReliefsTest {
    private final VirtualTime time = new VirtualTime();
    private final Reliefs reliefs = new Reliefs(time);

    private List<Integer> secondsUntil(int last) {
        List<Integer> due = new ArrayList<>();
        for (int second = 0; second <= last; second++) {
            if (reliefs.isDue()) {
                due.add(second);
            }
            time.pass(Duration.ofSeconds(1));
        }
        return due;
    }

    @Test
    void thePauseDoublesUntilThereIsASignOfLife() {
        assertThat(secondsUntil(40)).containsExactly(0, 1, 3, 7, 15, 31);
        assertThat(secondsUntil(2)).isEmpty();
        reliefs.signOfLife();
        assertThat(secondsUntil(4)).containsExactly(0, 1, 3);
    }

    @Test
    void howeverManyThereAreThePauseStaysATime() {
        for (int i = 0; i < 100; i++) {
            time.pass(Duration.ofDays(36_500));
            reliefs.isDue();
        }
        assertThat(reliefs.isDue()).isFalse();
    }
}
