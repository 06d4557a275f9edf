/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** An idle thread that is given one task after another, as a gate gives its thread probes. For one thread. */
final class HandOff implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService helper = Executors.newSingleThreadExecutor(task -> new Thread(task, "hand-off"));
    private boolean done;

    /** Has the task run. */
    void run(Callable<?> task) throws InterruptedException {
        lock.lock();
        try {
            done = false;
            helper.execute(() -> answer(task));
            while (!done) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void answer(Callable<?> task) {
        try {
            task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        lock.lock();
        try {
            done = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        helper.shutdown();
    }
}
