/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.connectionguard.engine.Threads;

/** The best threads that this Java has, counted; or none at all. For any thread. */
final class AskingThreads implements Function<String, Threads> {
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Optional<Error> refusal = Optional.empty();

    @Override
    public Threads apply(String name) {
        Threads threads = Threads.named(name);
        made.incrementAndGet();
        return new Threads() {
            @Override
            public void execute(Runnable task) {
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
                asking.incrementAndGet();
                try {
                    threads.execute(() -> count(task));
                } catch (RuntimeException | Error e) {
                    asking.decrementAndGet();
                    throw e;
                }
            }

            @Override
            public void close() {
                closed.incrementAndGet();
                threads.close();
            }
        };
    }

    private void count(Runnable task) {
        try {
            task.run();
        } finally {
            asking.decrementAndGet();
        }
    }

    /** As a process at its limits. */
    void refuse(Error error) {
        refusal = Optional.of(error);
    }

    void refuseNoMore() {
        refusal = Optional.empty();
    }

    /** How many ask, or abort. */
    int asking() {
        return asking.get();
    }

    void awaitEnd() {
        while (asking() != 0) {
            Thread.onSpinWait();
        }
    }

    /** Until so many have come to ask. */
    void awaitMade(int count) {
        while (made.get() != count) {
            Thread.onSpinWait();
        }
    }

    void assertLetGo() {
        assertThat(closed).hasValue(made.get());
    }
}
