/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** That of the machine. */
class TimeTest {
    @Test
    void itsClocksAreTheMachines() {
        long before = System.nanoTime();
        long now = Time.SYSTEM.nanos();
        assertThat(now - before).isBetween(0L, System.nanoTime() - before);
        assertThat(Time.SYSTEM.now()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void itsDiceFallDifferently() {
        assertThat(DoubleStream.generate(Time.SYSTEM::random).limit(10).boxed().toList())
                .doesNotHaveDuplicates()
                .allMatch(each -> 0 <= each && each < 1);
    }
}
