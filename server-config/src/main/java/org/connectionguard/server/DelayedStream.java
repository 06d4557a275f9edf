/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a connection over a network that takes its time: what is sent arrives in order, each packet later than it
 * was sent, however many are under way at once. One thread sends; what is to be late is delivered by a thread of its own,
 * which ends with the stream.
 */
final class DelayedStream {
    /** Who receives. Called by one thread at a time. */
    interface Receiver {
        void packet(byte[] bytes) throws IOException;

        /** Nothing comes any more. Called once. */
        void end();
    }

    /** No bytes: the end. */
    private record Packet(byte[] bytes, long due) {
        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    /** So many packets may be under way; then the sender waits, as TCP lets it. */
    private static final int WINDOW = 1024;

    private static final byte[] END = {};

    private final Receiver receiver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Packet> underWay = new ArrayDeque<>();
    private boolean hasThread;
    private boolean delivering;
    private boolean broken;
    private long lastDue = System.nanoTime();

    DelayedStream(Receiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Sends bytes, of which there is at least one.
     *
     * @throws IOException when the receiver has failed
     */
    void send(byte[] bytes, Duration delay) throws IOException {
        lock.lock();
        try {
            while (underWay.size() >= WINDOW && !broken) {
                changed.awaitUninterruptibly();
            }
            if (broken) {
                throw new IOException("The receiver has failed");
            }
            if (!delay.isZero() || !underWay.isEmpty() || delivering) {
                add(bytes, delay);
                return;
            }
        } finally {
            lock.unlock();
        }
        // Nothing is before it, and nobody else sends.
        receiver.packet(bytes);
    }

    /** Sends the end; it comes after everything else. */
    void end(Duration delay) {
        lock.lock();
        try {
            if (broken) {
                return;
            }
            if (hasThread || !delay.isZero()) {
                add(END, delay);
                return;
            }
        } finally {
            lock.unlock();
        }
        receiver.end();
    }

    private void add(byte[] bytes, Duration delay) {
        // A packet with less jitter does not overtake the one before it.
        long due = System.nanoTime() + delay.toNanos();
        lastDue = due - lastDue > 0 ? due : lastDue;
        underWay.add(new Packet(bytes, lastDue));
        changed.signalAll();
        if (!hasThread) {
            hasThread = true;
            Thread thread = new Thread(this::deliver, "proxy delivers");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void deliver() {
        try {
            for (Packet packet = next(); !packet.isEnd(); packet = next()) {
                receiver.packet(packet.bytes());
            }
        } catch (IOException e) {
            // A socket was closed; the sender is to find out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            breakOff();
            receiver.end();
        }
    }

    /** The next packet, when it is due. */
    private Packet next() throws InterruptedException {
        lock.lock();
        try {
            delivering = false;
            while (underWay.isEmpty()) {
                changed.await();
            }
            Packet next = underWay.element();
            for (long left = next.due() - System.nanoTime(); left > 0; left = next.due() - System.nanoTime()) {
                changed.awaitNanos(left);
            }
            delivering = true;
            changed.signalAll();
            return underWay.remove();
        } finally {
            lock.unlock();
        }
    }

    private void breakOff() {
        lock.lock();
        try {
            broken = true;
            underWay.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
