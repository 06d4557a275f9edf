/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interleaving;

import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the checked code gets for a {@link ReentrantLock}: the schedule decides who has it. For a schedule's threads. */
public final class ScheduledLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    private transient Optional<Thread> owner = Optional.empty();
    private transient int holds;

    @Override
    public void lock() {
        Schedule schedule = Schedule.current();
        if (isHeldByCurrentThread()) {
            holds++;
        } else {
            schedule.await("lock", this::isFree);
            take(schedule, 1);
        }
    }

    private boolean isFree() {
        return owner.isEmpty();
    }

    private void take(Schedule schedule, int times) {
        owner = Optional.of(Thread.currentThread());
        holds = times;
        schedule.locked(1);
    }

    @Override
    public void unlock() {
        Schedule schedule = Schedule.current();
        if (schedule.isOver()) {
            return;
        }
        if (!isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException();
        }
        holds--;
        if (holds == 0) {
            free(schedule);
        }
    }

    private void free(Schedule schedule) {
        owner = Optional.empty();
        holds = 0;
        schedule.locked(-1);
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return owner.filter(Thread.currentThread()::equals).isPresent();
    }

    @Override
    public void lockInterruptibly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Condition newCondition() {
        return new ScheduledCondition();
    }

    private final class ScheduledCondition implements Condition {
        private final Deque<boolean[]> waiting = new ArrayDeque<>();

        @Override
        public void await() throws InterruptedException {
            await(OptionalLong.empty());
        }

        @Override
        public long awaitNanos(long nanos) throws InterruptedException {
            Schedule schedule = Schedule.current();
            long end = schedule.nanos() + nanos;
            await(OptionalLong.of(end));
            return end - schedule.nanos();
        }

        private void await(OptionalLong end) throws InterruptedException {
            Schedule schedule = Schedule.current();
            if (!isHeldByCurrentThread()) {
                throw new IllegalMonitorStateException();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int before = holds;
            free(schedule);
            boolean[] signalled = new boolean[1];
            waiting.add(signalled);
            schedule.await("wait", () -> signalled[0], end, true);
            waiting.remove(signalled);
            boolean interrupted = !signalled[0] && Thread.interrupted();
            schedule.await("lock again", ScheduledLock.this::isFree);
            take(schedule, before);
            if (interrupted) {
                throw new InterruptedException();
            }
        }

        @Override
        public void signal() {
            if (!Schedule.current().isOver() && !waiting.isEmpty()) {
                waiting.poll()[0] = true;
            }
        }

        @Override
        public void signalAll() {
            while (!Schedule.current().isOver() && !waiting.isEmpty()) {
                signal();
            }
        }

        @Override
        public void awaitUninterruptibly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            return awaitNanos(unit.toNanos(time)) > 0;
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException();
        }
    }
}
