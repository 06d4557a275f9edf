/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something asked on a thread that driver, pool and network may hold as long as they like: how far it has come, what may be
 * aborted for its silence, and the answer. The asking thread says what it does; who waits for the answer takes away what is
 * silent, or leaves the question behind. Its lock is its own; under it only the {@link Watch} is called.
 *
 * @param <A> what is answered
 */
public final class BoundedQuestion<A> {
    /** How far it has come; the time bounds differ. */
    public enum Phase {
        /** Waiting for a connection, from the pool or from beyond it. */
        BORROWING,
        /** Asking the connection. */
        VALIDATING,
        /** Giving back a connection that is fit. */
        RETURNING,
        /** Having the pool destroy one that is not. */
        EVICTING,
        /** Borrowing inside the job's transaction. */
        PINNING,
        /** Answered. */
        DONE
    }

    /** Decides how long it is waited for. */
    public interface Watch<A> {
        /** When to look again; now or earlier: it has been waited long enough. Called under the question's lock. */
        long nextLook(BoundedQuestion<A> question, long now);
    }

    /** A thread that waits here waits for the network, and not for the pool. */
    private static final List<String> NETWORK =
            List.of("java.net.", "sun.nio.ch.", "java.nio.channels.", "sun.security.ssl.");

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private Phase phase = Phase.BORROWING;
    private long phaseStart;
    private boolean begun;
    private boolean leftBehind;
    private boolean interrupted;
    private boolean enteredTransaction;
    private Optional<Thread> thread = Optional.empty();
    private Optional<Connection> abortable = Optional.empty();
    private Optional<Duration> silentAfter = Optional.empty();
    private Optional<A> answer = Optional.empty();

    /** A question that nobody has begun to ask. */
    public BoundedQuestion(Time time) {
        this.time = time;
        this.phaseStart = time.nanos();
    }

    // What the asking thread says.

    /** The calling thread asks from now on. */
    public void begin() {
        lock.lock();
        try {
            begun = true;
            thread = Optional.of(Thread.currentThread());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next phase begins; nothing can be aborted in it. */
    public void enter(Phase next) {
        enter(next, Optional.empty());
    }

    /** The next phase begins, in which this connection may be aborted for its silence. */
    public void enter(Phase next, Connection mayBeAborted) {
        enter(next, Optional.of(mayBeAborted));
    }

    private void enter(Phase next, Optional<Connection> mayBeAborted) {
        lock.lock();
        try {
            if (interrupted) {
                // It was for the wait that is over now.
                interrupted = false;
                Thread.interrupted();
            }
            phase = next;
            phaseStart = time.nanos();
            abortable = mayBeAborted;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The job's transaction is entered next, unless the job has gone: then it is left alone.
     *
     * @return whether it may be entered
     */
    public boolean enterTransaction() {
        lock.lock();
        try {
            if (!leftBehind) {
                enteredTransaction = true;
                enter(Phase.PINNING);
            }
            return !leftBehind;
        } finally {
            lock.unlock();
        }
    }

    /** This one, then, is to be aborted: what lies behind the one that was named before. */
    public void mayAbort(Connection connection) {
        lock.lock();
        try {
            abortable = Optional.of(connection);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The connection has done what was asked of it; it is not aborted any more, unless it was already: then whatever it said
     * in the last moment counts for nothing.
     *
     * @return after how long a silence it was aborted; empty: it was not
     */
    public Optional<Duration> spareConnection() {
        lock.lock();
        try {
            abortable = Optional.empty();
            return silentAfter;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The answer. To be called last, in every case.
     *
     * @return whether somebody waits for it; else it is the caller who has to do something with it
     */
    public boolean answer(A found) {
        lock.lock();
        try {
            phase = Phase.DONE;
            thread = Optional.empty();
            abortable = Optional.empty();
            answer = Optional.of(found);
            changed.signalAll();
            if (interrupted) {
                // The thread goes on to other questions.
                Thread.interrupted();
            }
            return !leftBehind;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits for the answer any more. */
    public boolean isLeftBehind() {
        lock.lock();
        try {
            return leftBehind;
        } finally {
            lock.unlock();
        }
    }

    // What others do.

    /** Waits for the answer, as long as the watch says; empty where that was not long enough. */
    public Optional<A> await(Watch<A> watch) throws InterruptedException {
        lock.lock();
        try {
            while (answer.isEmpty()) {
                long now = time.nanos();
                long next = watch.nextLook(this, now);
                if (next - now <= 0) {
                    return Optional.empty();
                }
                time.await(changed, next - now);
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Has who waits look at his watch again. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a thread has begun to ask. */
    public boolean hasBegun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more; the answer, should it be there by now. */
    public Optional<A> leaveBehind() {
        lock.lock();
        try {
            leftBehind = answer.isEmpty();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nobody waits any more, provided that it still has no connection.
     *
     * @return whether it is left behind
     */
    public boolean leaveBehindWhileBorrowing() {
        lock.lock();
        try {
            leftBehind = phase == Phase.BORROWING;
            return leftBehind;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Interrupts the asking thread, if it is still waiting for a connection. A wait for a pool's permit ends by it; a wait for
     * the network only on a virtual thread, under which the JDK closes the socket. So one that has a connection is never
     * interrupted: that would be a healthy one's end.
     */
    public void interrupt() {
        interrupt(true);
    }

    /** As {@link #interrupt}, but not while it waits for the pool, which would go on, and let the interruption meet a connection. */
    public void interruptNetwork() {
        interrupt(false);
    }

    private void interrupt(boolean alsoPool) {
        lock.lock();
        try {
            if (waitsForConnection()
                    && (alsoPool || thread.filter(BoundedQuestion::isInNetwork).isPresent())) {
                interrupted = true;
                thread.ifPresent(Thread::interrupt);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the job's transaction was entered for it. */
    public boolean hasEnteredTransaction() {
        lock.lock();
        try {
            return enteredTransaction;
        } finally {
            lock.unlock();
        }
    }

    /** How far it has come. */
    public Phase phase() {
        lock.lock();
        try {
            return phase;
        } finally {
            lock.unlock();
        }
    }

    /** When the present phase began. */
    public long phaseStart() {
        lock.lock();
        try {
            return phaseStart;
        } finally {
            lock.unlock();
        }
    }

    /** The silent connection, given out once, to be aborted; what then comes of it is put down to its silence. */
    public Optional<Connection> takeSilent(Duration after) {
        lock.lock();
        try {
            Optional<Connection> silent = silentAfter.isPresent() ? Optional.empty() : abortable;
            if (silent.isPresent()) {
                silentAfter = Optional.of(after);
            }
            return silent;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether it waits for the pool and not for the network. A platform thread that reads from a socket counts as running, a
     * virtual one as waiting: there the frames tell.
     */
    public boolean waitsForPool() {
        lock.lock();
        try {
            return waitsForConnection()
                    && thread.filter(each -> each.getState() != Thread.State.RUNNABLE)
                            .filter(each -> !isInNetwork(each))
                            .isPresent();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isInNetwork(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> NETWORK.stream().anyMatch(frame.getClassName()::startsWith));
    }

    private boolean waitsForConnection() {
        return phase == Phase.BORROWING || phase == Phase.PINNING;
    }
}
