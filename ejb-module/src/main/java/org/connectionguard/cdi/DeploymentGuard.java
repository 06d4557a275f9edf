/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.call.Admission;
import org.connectionguard.call.Admissions;
import org.connectionguard.call.Caller;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.deployment.ConcurrencySchedule;
import org.connectionguard.deployment.UnreportedTimers;
import org.connectionguard.discovery.Plan;
import org.connectionguard.discovery.Plans;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.ServerState;

/** The guard at work in one deployment: joins plans, engine and transactions. For any thread. */
final class DeploymentGuard implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final Plans plans;
    private final TimerBeans timerBeans;
    private final Map<Method, Boolean> scheduled = new ConcurrentHashMap<>();
    private final UnreportedTimers unreported = new UnreportedTimers();
    private final JtaTransaction.Server transactions;
    private final Admissions admissions;
    private final ServerState serverState;

    DeploymentGuard(Plans plans, TimerBeans timerBeans, JtaTransaction.Server transactions) {
        Guard guard = new Guard(List.of(new LoggingListener()), Time.SYSTEM);
        this.plans = plans;
        this.timerBeans = timerBeans;
        this.transactions = transactions;
        this.admissions = new Admissions(guard);
        this.serverState = new ServerState(guard::suspend, guard::resume);
    }

    /** For an interceptor inside the call's transaction. */
    Object inTransaction(InvocationContext invocation, Class<?> bean) throws Exception {
        return isScheduled(invocation.getMethod())
                ? scheduled(invocation, bean)
                : inTransaction(invocation, plans.plan(bean, invocation.getMethod()), Caller.CALLS_AGAIN);
    }

    private boolean isScheduled(Method method) {
        return scheduled.computeIfAbsent(
                method, each -> ConcurrencySchedule.of(each).isPresent());
    }

    private Object scheduled(InvocationContext invocation, Class<?> bean) throws Exception {
        Method method = invocation.getMethod();
        Plan plan;
        try {
            plan = plans.plan(bean, method);
        } catch (GuardDefinitionException e) {
            // The deployment was let through, so that this may be over by the next run, which there would not be.
            LOG.log(
                    Level.WARNING,
                    Messages.leftOut(
                            method.getDeclaringClass().getSimpleName() + "." + method.getName(), e.getMessage()));
            return null;
        }
        return inTransaction(invocation, plan, Caller.ENDS_ITS_SCHEDULE);
    }

    private Object inTransaction(InvocationContext invocation, Plan plan, Caller caller) throws Exception {
        return plan.gap().isPresent()
                ? invocation.proceed()
                : new GuardedCall(invocation, admissions, plan, caller).inTransaction(transactions.active());
    }

    /** For the server's interceptor, before the call's transaction begins. */
    Object beforeTransaction(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        Optional<Plan> plan = timerBeans.guarded(method, invocation.getTimer()).map(bean -> plans.plan(bean, method));
        if (plan.isEmpty() || plan.get().gap().isPresent()) {
            if (plan.filter(DeploymentGuard::isOfNothing).isPresent() && !timerBeans.isReported(method)) {
                unreported.tell(method);
            }
            return invocation.proceed();
        }
        return new GuardedCall(invocation, admissions, plan.get()).beforeTransaction();
    }

    /** Any other reason is told already. */
    private static boolean isOfNothing(Plan plan) {
        return plan.gap().filter(Messages.noDataSourceFound()::equals).isPresent();
    }

    /** @throws DatabaseUnavailableException when one of the data sources gave no connection in time */
    void validate(String... dataSources) {
        Plan plan = plans.plan(dataSources);
        Admission admission = admissions.admit(plan, transactions.active(), admissions.deadline(plan), Map.of());
        if (admission instanceof Admission.TurnedAway turnedAway) {
            throw turnedAway.exception();
        }
    }

    /** Ends all waits, for good: nobody who tells the server's state is heard any more. */
    void undeploying() {
        serverState.close();
        admissions.guard().stop();
    }

    @Override
    public void close() {
        undeploying();
        admissions.guard().close();
    }
}
