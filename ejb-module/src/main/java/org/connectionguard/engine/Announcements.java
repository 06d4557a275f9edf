/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.connectionguard.GuardEvent;

/**
 * What a gate has to tell, in the order in which it happened: put down under the gate's lock, told without it, by whichever
 * thread comes first. For any thread.
 */
final class Announcements {
    /** A thread tells so many; what is left waits for the next one, so that no job is kept for what others have to tell. */
    static final int MOST = 1000;

    private final SafeListener listener;
    private final Queue<GuardEvent> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toTell = new AtomicInteger();

    Announcements(SafeListener listener) {
        this.listener = listener;
    }

    /** Puts it down, to be told soon. */
    void add(GuardEvent event) {
        untold.add(event);
    }

    /** Tells it, after what was put down before. Not under the gate's lock. */
    void tell(GuardEvent event) {
        add(event);
        tellAll();
    }

    /** Tells what was put down, unless another thread is at it: that one tells this too. Not under the gate's lock. */
    void tellAll() {
        if (untold.isEmpty() || toTell.getAndIncrement() != 0) {
            return;
        }
        int told = 0;
        int seen = 1;
        while (seen != 0) {
            for (GuardEvent event = untold.poll(); event != null; event = untold.poll()) {
                listener.tell(event);
                told++;
                if (told == MOST) {
                    toTell.set(0);
                    return;
                }
            }
            seen = toTell.addAndGet(-seen);
        }
    }
}
