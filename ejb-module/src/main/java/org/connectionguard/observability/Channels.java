/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.connectionguard.GuardEvent;
import org.connectionguard.engine.GuardListener;

/**
 * The ways by which one deployment is told of, beside the log: opened when it is deployed, closed in the opposite order when it
 * goes. For any thread.
 */
public final class Channels implements GuardListener, AutoCloseable {
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
            channel.heard(event);
        }
    }

    @Override
    public void close() {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.remove(last).close();
        }
    }
}
