/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps two kinds of checkouts apart. Who takes any connection, to validate it, could take the very one that another probe has
 * just given back, to take it again inside its job's transaction; what that one would get instead may be dead, and too late to
 * be exchanged. So while some exchange, nobody takes any, and the other way round; as long as that is short. Who has waited long
 * enough goes on: what then comes is validated too. For any thread; its lock is its own.
 */
final class Turnstile {
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Set<Object> taking = new HashSet<>();
    private final Set<Object> exchanging = new HashSet<>();

    Turnstile(Time time) {
        this.time = time;
    }

    /** Before any connection is taken; {@link #taken} has to follow. */
    void take(Object who, long patience) {
        lock.lock();
        try {
            long end = time.nanos() + patience;
            while (!exchanging.isEmpty() && await(end)) {
                // Until nobody does, or it has lasted too long.
            }
            taking.add(who);
        } finally {
            lock.unlock();
        }
    }

    /** It is taken, or it could not be. */
    void taken(Object who) {
        lock.lock();
        try {
            taking.remove(who);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Before a connection is given back, to be taken again; {@link #exchanged} has to follow. */
    void exchange(Object who, long patience) {
        lock.lock();
        try {
            long end = time.nanos() + patience;
            while (!taking.isEmpty() && await(end)) {
                // The same.
            }
            exchanging.add(who);
        } finally {
            lock.unlock();
        }
    }

    /** It is taken again, or will not be. */
    void exchanged(Object who) {
        lock.lock();
        try {
            exchanging.remove(who);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** It may never come back: nobody waits for it any more. */
    void forget(Object who) {
        taken(who);
        exchanged(who);
    }

    private boolean await(long end) {
        long left = end - time.nanos();
        if (left <= 0) {
            return false;
        }
        try {
            time.await(changed, left);
            return true;
        } catch (InterruptedException e) {
            // Nobody waits for this probe any more.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
