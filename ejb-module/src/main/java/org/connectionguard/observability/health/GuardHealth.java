/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.observability.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.connectionguard.observability.Channel;
import org.connectionguard.observability.health.HealthChannel.Answer;
import org.connectionguard.statistics.Overview;

/**
 * What is answered to those who ask for a deployment's health: up, until its guard is there and after it has gone. A server takes
 * the check while it deploys, when there is no guard yet. For any thread.
 */
public final class GuardHealth {
    private final Supplier<String> deployment;
    private volatile Optional<HealthChannel> channel = Optional.empty();

    /**
     * There is no guard.
     *
     * @param deployment its name, once it is known
     */
    public GuardHealth(Supplier<String> deployment) {
        this.deployment = deployment;
    }

    /**
     * From now on, and until the channel is closed, the deployment's databases count.
     *
     * @param downAfter for how long a data source may be away; empty: for ever
     */
    public Channel open(Overview overview, Function<String, Optional<Duration>> downAfter) {
        HealthChannel opened = new HealthChannel(overview, downAfter, () -> channel = Optional.empty());
        channel = Optional.of(opened);
        return opened;
    }

    String name() {
        return ("connection-guard " + deployment.get()).strip();
    }

    Answer answer() {
        return channel.map(HealthChannel::answer).orElseGet(() -> new Answer(true, Map.of()));
    }
}
