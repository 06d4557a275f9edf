/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Configuration;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.CdiChannel;
import org.connectionguard.observability.Channel;
import org.connectionguard.observability.jfr.JfrChannel;
import org.connectionguard.observability.jmx.JmxChannel;
import org.connectionguard.observability.metrics.MicrometerChannel;
import org.connectionguard.observability.metrics.OpenTelemetryChannel;

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
            } catch (RuntimeException | Error e) {
                // No thread, no class: whatever it is, the deployment goes on.
                LOG.log(Level.WARNING, Messages.notTold(e));
            }
        });
    }

    private Stream<Way> ways() {
        return Stream.of(this::observed, this::jmx, this::jfr, this::metrics, this::health);
    }

    private Optional<Channel> observed() {
        return observers.map(each -> new CdiChannel(guard.overview().deployment(), each));
    }

    private Optional<Channel> jmx() {
        return Optional.of(JmxChannel.open(
                guard.overview(), new GuardOperations(guard, extension().visit())));
    }

    private Optional<Channel> jfr() {
        return isVisible("jdk.jfr.Event")
                ? Optional.of(JfrChannel.open(
                        guard.overview().deployment(), !LibraryBeans.here().serversOwn()))
                : Optional.empty();
    }

    /** What is in java.se a deployment always sees; more, such as jdk.jfr, only where its server lets it. */
    private static boolean isVisible(String type) {
        try {
            Class.forName(type, false, Outlets.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
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
        return extension()
                .health()
                .map(health -> health.open(
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
