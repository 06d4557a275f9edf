/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.GuardEvent;
import org.connectionguard.JobStatus;
import org.connectionguard.TimerReport;
import org.connectionguard.message.Messages;

/** The guard of one deployment as a bean; where it is switched off, it lets everything through. For any thread. */
@ApplicationScoped
public class GuardService implements ConnectionGuard {
    private final Optional<DeploymentGuard> guard;
    private final List<TimerReport> timers;
    private boolean opened;

    /** It guards no more. Other beans may be destroyed later, and do their last work then: as they would without a guard. */
    private volatile boolean over;

    /** For the container's client proxy. */
    protected GuardService() {
        this.guard = Optional.empty();
        this.timers = List.of();
    }

    @Inject
    GuardService(GuardExtension extension) {
        this.guard = extension.guard();
        this.timers = extension.report().timers();
    }

    /**
     * That of the deployment whose class loader the calling thread has; empty where it has no CDI, or CDI does not give it,
     * for whatever reason: a timer is called that may know nothing of us.
     */
    public static Optional<GuardService> ofDeployment() {
        return of(CDI::current);
    }

    static Optional<GuardService> of(Supplier<CDI<Object>> container) {
        try {
            return Optional.of(container.get().select(GuardService.class))
                    .filter(Instance::isResolvable)
                    .map(Instance::get);
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /**
     * The application is being undeployed. WildFly lets timeouts that are under way come to their end first, and only then
     * destroys beans: those that wait are to be told now.
     */
    void undeploying(
            @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        guard.ifPresent(DeploymentGuard::undeploying);
    }

    @PreDestroy
    void close() {
        over = true;
        guard.ifPresent(DeploymentGuard::close);
    }

    /**
     * Opens the ways by which the deployment is told of; once.
     *
     * @param beans the deployment's
     * @param observers the application's, if it has any
     */
    synchronized void open(Instance<Object> beans, Optional<Consumer<GuardEvent>> observers) {
        if (!opened) {
            opened = true;
            guard.ifPresent(each -> {
                new Outlets(each, beans, observers).open();
                each.deployed();
            });
        }
    }

    public boolean isEnabled() {
        return working().isPresent();
    }

    private Optional<DeploymentGuard> working() {
        return over ? Optional.empty() : guard;
    }

    /** For an interceptor inside the call's transaction. */
    public Object inTransaction(InvocationContext invocation, Class<?> bean) throws Exception {
        Optional<DeploymentGuard> working = working();
        return working.isPresent() ? working.get().inTransaction(invocation, bean) : invocation.proceed();
    }

    /** For the server's interceptor, before the call's transaction begins. */
    public Object beforeTransaction(InvocationContext invocation) throws Exception {
        Optional<DeploymentGuard> working = working();
        return working.isPresent() ? working.get().beforeTransaction(invocation) : invocation.proceed();
    }

    @Override
    public void validate(String... dataSources) {
        working().ifPresent(each -> each.validate(dataSources));
    }

    @Override
    public void validate(DataSource dataSource) {
        working().ifPresent(each -> each.validate(dataSource));
    }

    @Override
    public void run(String job) {
        guard.orElseThrow(() -> new IllegalStateException(Messages.switchedOff()))
                .run(job);
    }

    @Override
    public List<TimerReport> timers() {
        return timers;
    }

    @Override
    public List<JobStatus> jobs() {
        return guard.map(each -> each.overview().jobs()).orElse(List.of());
    }

    @Override
    public List<DataSourceStatus> dataSources() {
        return guard.map(each -> each.overview().dataSources()).orElse(List.of());
    }
}
