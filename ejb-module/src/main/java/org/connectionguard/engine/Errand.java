/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

/** Something that a gate's thread does, and that may not come back. */
sealed interface Errand extends Runnable permits Probe, Errand.Sweep, Errand.None {
    /** Whether the thread is free again; read under the gate's lock. */
    boolean isDone();

    /** Nothing to do. */
    record None() implements Errand {
        @Override
        public void run() {}

        @Override
        public boolean isDone() {
            return true;
        }
    }

    /** Sweeping the idle connections without asking any. */
    final class Sweep implements Errand {
        private final Runnable sweep;
        private final Gate.Shared shared;
        private boolean done;

        Sweep(Runnable sweep, Gate.Shared shared) {
            this.sweep = sweep;
            this.shared = shared;
        }

        @Override
        public void run() {
            try {
                sweep.run();
            } finally {
                shared.lock().lock();
                try {
                    done = true;
                    shared.changed().signalAll();
                } finally {
                    shared.lock().unlock();
                }
            }
        }

        @Override
        public boolean isDone() {
            return done;
        }
    }
}
