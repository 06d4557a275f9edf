/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.config.Configuration;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.Channel;
import org.connectionguard.observability.MicrometerChannel;
import org.connectionguard.observability.OpenTelemetryChannel;

/**
 * Opens the ways by which a deployment is told of, each where its API is. Each of them may fail, for whatever reason, and then
 * says so: no deployment and no job depends on it. Stateless.
 *
 * @param beans the deployment's
 */
record Outlets(DeploymentGuard guard, Instance<Object> beans) {
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
        return Stream.of(this::metrics, this::health);
    }

    private Optional<Channel> metrics() {
        return switch (extension().configuration().metrics()) {
            case AUTO -> micrometer().or(this::openTelemetry);
            case MICROMETER -> micrometer().or(() -> nowhere(Messages.noMicrometer()));
            case OTEL -> openTelemetry().or(() -> nowhere(Messages.noOpenTelemetry()));
            case OFF -> Optional.empty();
        };
    }

    private Optional<Channel> micrometer() {
        return ifThere(() -> MicrometerChannel.open(this::bean, guard.overview()));
    }

    private Optional<Channel> openTelemetry() {
        return ifThere(() -> OpenTelemetryChannel.open(this::bean, guard.overview()));
    }

    /** A server need not have the API. */
    private static Optional<Channel> ifThere(Way way) {
        try {
            return way.open();
        } catch (NoClassDefFoundError e) {
            return Optional.empty();
        }
    }

    private static Optional<Channel> nowhere(String why) {
        LOG.log(Level.WARNING, why);
        return Optional.empty();
    }

    private Optional<Channel> health() {
        Configuration configuration = extension().configuration();
        return Optional.of(extension()
                .health()
                .open(
                        guard.overview(),
                        dataSource -> configuration.of(dataSource).healthDownAfter()));
    }

    private GuardExtension extension() {
        return beans.select(GuardExtension.class).get();
    }

    /** A bean of the deployment, or of the server's, if there is exactly one. */
    <T> Optional<T> bean(Class<T> type) {
        Instance<T> found = beans.select(type);
        return found.isResolvable()
                ? Optional.of(found.get())
                : extension().bean(type, beans.select(BeanManager.class).get());
    }
}
