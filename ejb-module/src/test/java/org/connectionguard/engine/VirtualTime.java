/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** A clock that only waiting moves, with things that happen at given times. For one thread. */
public final class VirtualTime implements Time {
    private record Event(long at, Runnable happens) {}

    private final List<Event> events = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1000; // Wraps around soon: nobody may compare moments.

    public void at(Duration fromNow, Runnable happens) {
        events.add(new Event(now + fromNow.toNanos(), happens));
    }

    public void pass(Duration duration) {
        advance(duration.toNanos());
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Passes to the next event, or to the end of the wait. */
    @Override
    public void await(Condition condition, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long start = now;
        long next = events.stream()
                .mapToLong(event -> event.at() - start)
                .filter(wait -> wait > 0)
                .min()
                .orElse(nanos);
        advance(Math.min(next, nanos));
    }

    @Override
    public double random() {
        return 0.5;
    }

    private void advance(long nanos) {
        now += nanos;
        List<Event> due = events.stream()
                .filter(event -> event.at() - now <= 0)
                .sorted(Comparator.comparingLong(event -> event.at() - now))
                .toList();
        events.removeAll(due);
        due.forEach(event -> event.happens().run());
    }
}
