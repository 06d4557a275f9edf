/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.connectionguard.call.Admissions;
import org.connectionguard.call.Caller;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.call.Runs;
import org.connectionguard.cdi.GuardService;
import org.connectionguard.deployment.PlansWithoutCdi;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Time;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.server.ServerState;

/**
 * The guard as a server interceptor of WildFly's ejb3 subsystem: called for every timeout of every deployment, before the
 * container begins the call's transaction, so that waiting never spends the transaction's time-out. What it found out, the
 * interceptor inside the transaction goes on with ({@link GuardedCall}): WildFly makes the module of a server interceptor
 * visible to all deployments, so that {@link org.connectionguard.cdi.GuardExtension} is there in each that has CDI.
 *
 * <p>One instance in a server, for any thread. It keeps nothing of a deployment.
 */
public final class ServerWideInterceptor {
    private final Admissions admissions = new Admissions(new Guard(List.of(new LoggingListener()), Time.SYSTEM));
    private final Runs runs = new Runs(admissions.guard(), Optional.empty());
    private final PlansWithoutCdi plansWithoutCdi = new PlansWithoutCdi();

    /** Called by WildFly, once. */
    public ServerWideInterceptor() {
        // For as long as the server runs: so it is never closed.
        new ServerState(admissions.guard()::suspend, admissions.guard()::resume);
    }

    /**
     * Lets the call through once its data sources have given a live connection.
     *
     * @throws org.connectionguard.DatabaseUnavailableException when one gave none in time
     */
    @AroundTimeout
    public Object aroundTimeout(InvocationContext invocation) throws Exception {
        Optional<GuardService> guard = GuardService.ofDeployment();
        if (guard.isPresent()) {
            return guard.get().beforeTransaction(invocation);
        }
        Method method = invocation.getMethod();
        Plan plan = plansWithoutCdi.plan(method);
        String job = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return plan.gap().isPresent()
                ? invocation.proceed()
                : new GuardedCall(invocation, job, admissions, runs, plan, Caller.CALLS_AGAIN).beforeTransaction();
    }
}
