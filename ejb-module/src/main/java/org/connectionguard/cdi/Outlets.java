/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.connectionguard.GuardEvent;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.CdiChannel;
import org.connectionguard.observability.Channel;

/**
 * Opens the ways by which a deployment is told of, each where its API is. Each of them may fail, for whatever reason, and then
 * says so: no deployment and no job depends on it. Stateless.
 *
 * @param beans the deployment's
 * @param observers the application's, if it has any
 */
record Outlets(DeploymentGuard guard, Instance<Object> beans, Optional<Consumer<GuardEvent>> observers) {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** How one is opened; empty: it has no use here. */
    interface Way {
        Optional<Channel> open();
    }

    /** Opens all of them; to be called once, when the application has been deployed. */
    void open() {
        ways().forEach(way -> {
            try {
                way.open().ifPresent(guard.channels()::add);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.WARNING, Messages.notTold(e));
            }
        });
    }

    private Stream<Way> ways() {
        return Stream.of(this::observed);
    }

    private Optional<Channel> observed() {
        return observers.map(each -> new CdiChannel(guard.overview().deployment(), each));
    }

    /** A bean of the deployment, or of the server's, if there is exactly one. */
    <T> Optional<T> bean(Class<T> type) {
        Instance<T> found = beans.select(type);
        return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
    }
}
