/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.TimerReport;
import org.connectionguard.call.Admission;
import org.connectionguard.call.Admissions;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.discovery.Plan;
import org.connectionguard.discovery.Plans;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.ServerState;

/** The guard of one deployment: joins discovery, engine and transaction. For any thread. */
@ApplicationScoped
public class GuardService implements ConnectionGuard {
    private final GuardExtension extension;
    private final Admissions admissions;
    private final Plans plans;
    private final JtaTransaction.Server transactions;
    private final ServerState serverState;
    private final boolean enabled;

    /** For the container's client proxy. */
    protected GuardService() {
        this.extension = null;
        this.admissions = null;
        this.plans = null;
        this.transactions = null;
        this.serverState = null;
        this.enabled = false;
    }

    @Inject
    GuardService(GuardExtension extension) {
        Guard guard = new Guard(List.of(new LoggingListener()), Time.SYSTEM);
        this.extension = extension;
        this.admissions = new Admissions(guard);
        this.plans = extension.plans();
        this.transactions = extension.transactions();
        this.serverState = new ServerState(guard);
        this.enabled = extension.isEnabled();
    }

    /** That of the deployment whose class loader the calling thread has; empty where it has no CDI. */
    public static Optional<GuardService> ofDeployment() {
        try {
            return Optional.of(CDI.current().select(GuardService.class))
                    .filter(Instance::isResolvable)
                    .map(Instance::get);
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /**
     * The application is being undeployed. WildFly lets timeouts that are under way come to their end first, and only then
     * destroys beans: those that wait are to be told now.
     */
    void undeploying(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        admissions.guard().stop();
    }

    @PreDestroy
    void close() {
        serverState.close();
        admissions.guard().close();
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** For an interceptor inside the call's transaction. */
    public Object inTransaction(InvocationContext invocation, Class<?> bean) throws Exception {
        Plan plan = plans.plan(bean, invocation.getMethod());
        return plan.gap().isPresent()
                ? invocation.proceed()
                : new GuardedCall(invocation, admissions, plan).inTransaction(activeTransaction());
    }

    /** For the server's interceptor, before the call's transaction begins. */
    public Object beforeTransaction(InvocationContext invocation) throws Exception {
        Optional<Class<?>> bean = enabled
                ? extension.timerBeans().guarded(invocation.getMethod(), invocation.getTimer())
                : Optional.empty();
        Optional<Plan> plan = bean.map(each -> plans.plan(each, invocation.getMethod()))
                .filter(each -> each.gap().isEmpty());
        return plan.isPresent()
                ? new GuardedCall(invocation, admissions, plan.get()).beforeTransaction()
                : invocation.proceed();
    }

    /** The transaction of the calling thread, while it is active. */
    private Optional<JtaTransaction> activeTransaction() {
        return transactions.active();
    }

    @Override
    public void validate(String... dataSources) {
        if (enabled) {
            Plan plan = plans.plan(dataSources);
            Admission admission = admissions.admit(plan, activeTransaction(), admissions.deadline(plan), Map.of());
            if (admission instanceof Admission.TurnedAway turnedAway) {
                throw turnedAway.exception();
            }
        }
    }

    @Override
    public List<TimerReport> timers() {
        return extension.report().timers();
    }
}
