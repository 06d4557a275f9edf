/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import java.util.List;
import org.connectionguard.GuardEvent;
import org.connectionguard.message.Messages;

/** Tells all listeners, and keeps what they throw away from the job. For any thread. */
final class SafeListener {
    private static final System.Logger LOG = System.getLogger("org.connectionguard");

    private final List<GuardListener> listeners;

    SafeListener(List<GuardListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(GuardEvent event) {
        for (GuardListener listener : listeners) {
            try {
                listener.heard(event);
            } catch (Throwable e) {
                log(listener, e);
            }
        }
    }

    private static void log(GuardListener listener, Throwable thrown) {
        try {
            LOG.log(System.Logger.Level.WARNING, Messages.listenerFailed(listener), thrown);
        } catch (Throwable e) {
            // The log may be what is broken: then nobody can be told.
        }
    }
}
