/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerThreadsTest {
    private static OptionalInt threads(int core, int largest, BlockingQueue<Runnable> line) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(core, largest, 1, TimeUnit.MINUTES, line);
        try {
            return TimerThreads.of(Optional.of(pool));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aPoolWithALineWithoutEndStaysAsLargeAsItsCore() {
        assertThat(threads(16, 32, new LinkedBlockingQueue<>())).hasValue(16);
        assertThat(threads(0, 32, new LinkedBlockingQueue<>())).hasValue(1);
    }

    @Test
    void aPoolWithoutALineOrWithAShortOneGrows() {
        assertThat(threads(16, 32, new SynchronousQueue<>())).hasValue(32);
        assertThat(threads(16, 32, new ArrayBlockingQueue<>(10))).hasValue(32);
    }

    @Test
    void whereThereIsNoPoolNothingIsKnown() {
        assertThat(TimerThreads.of(Optional.empty())).isEmpty();
    }
}
