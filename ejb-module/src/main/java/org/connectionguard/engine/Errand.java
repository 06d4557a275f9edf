/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.sql.SQLException;
import org.connectionguard.pool.PoolControl;

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
        private final PoolControl pool;
        private final Gate.Shared shared;
        private boolean done;

        Sweep(PoolControl pool, Gate.Shared shared) {
            this.pool = pool;
            this.shared = shared;
        }

        @Override
        public void run() {
            try {
                pool.sweep();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
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
