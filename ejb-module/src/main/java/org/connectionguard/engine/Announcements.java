/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean telling = new AtomicBoolean();

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
        int told = 0;
        while (told < MOST && !untold.isEmpty() && telling.compareAndSet(false, true)) {
            try {
                for (; told < MOST && !untold.isEmpty(); told++) {
                    listener.tell(untold.remove());
                }
            } finally {
                telling.set(false);
            }
        }
    }
}
