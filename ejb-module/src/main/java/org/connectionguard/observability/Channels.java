/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.connectionguard.GuardEvent;
import org.connectionguard.engine.GuardListener;
import org.connectionguard.engine.Time;
import org.connectionguard.message.Messages;

/**
 * The ways by which one deployment is told of, beside the log: opened when it is deployed, closed in the opposite order when it
 * goes. For any thread.
 */
public final class Channels implements GuardListener, AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final RateLimit limit = new RateLimit(Time.SYSTEM);
    private final List<Channel> open = new CopyOnWriteArrayList<>();

    /** None open. */
    public Channels() {}

    /** One more hears what happens from now on. */
    public void add(Channel channel) {
        open.add(channel);
    }

    @Override
    public void heard(GuardEvent event) {
        for (Channel channel : open) {
            try {
                channel.heard(event);
            } catch (RuntimeException | Error e) {
                // The others are to hear it all the same; and whoever fails each time is not to fill the log.
                limit.admit(channel.getClass().getName())
                        .ifPresent(more -> LOG.log(Level.WARNING, Messages.listenerFailed(channel), e));
            }
        }
    }

    @Override
    public void close() {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.remove(last).close();
        }
    }
}
