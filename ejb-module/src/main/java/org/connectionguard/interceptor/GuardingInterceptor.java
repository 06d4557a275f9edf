/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import java.io.Serial;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.engine.Verdict;
import org.connectionguard.message.Messages;

/**
 * Lets the body start only on live connections. The whole protocol; its subclasses are the ways in which it is bound. A
 * method that is bound in several ways is guarded by the first and passed on by the others.
 *
 * <p>One instance belongs to one bean instance; it has no state of its own.
 */
abstract class GuardingInterceptor implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** In the context data of one invocation: another way of binding brought us here before. */
    private static final String ENTERED = GuardingInterceptor.class.getName();

    @Inject
    @SuppressWarnings("serial") // The container injects a serializable client proxy.
    private GuardService guard;

    /** Business methods. */
    @AroundInvoke
    Object aroundInvoke(InvocationContext invocation) throws Exception {
        return guarded(invocation);
    }

    /** Timeout methods, for which {@code @AroundInvoke} is not called. */
    @AroundTimeout
    Object aroundTimeout(InvocationContext invocation) throws Exception {
        return guarded(invocation);
    }

    private Object guarded(InvocationContext invocation) throws Exception {
        if (!guard.isEnabled() || invocation.getContextData().putIfAbsent(ENTERED, true) != null) {
            return invocation.proceed();
        }
        Optional<JtaTransaction> transaction = guard.activeTransaction();
        Discovery.Plan plan = guard.discovery().plan(invocation.getTarget().getClass(), invocation.getMethod());
        Optional<GuardService.Refusal> refusal = guard.admit(plan, transaction);
        if (refusal.isPresent()) {
            Verdict.Unavailable verdict = refusal.get().verdict();
            OnUnavailable policy = verdict.doomed() ? OnUnavailable.FAIL : plan.onUnavailable();
            if (policy == OnUnavailable.SKIP) {
                LOG.log(Level.WARNING, Messages.skipped(name(invocation), verdict.message()));
                return null;
            }
            if (policy == OnUnavailable.FAIL || !verdict.allowsProceeding()) {
                throw refusal.get().exception();
            }
            LOG.log(Level.WARNING, Messages.proceeding(name(invocation), verdict.message()));
        }
        Optional<JtaTransaction> over = transaction.filter(each -> !each.isActive());
        if (over.isPresent()) {
            // The wait has outlived it.
            throw new DatabaseUnavailableException(
                    plan.targets().get(0).name(),
                    Messages.transactionOver(name(invocation), over.get().status()),
                    null);
        }
        try {
            return invocation.proceed();
        } catch (Exception | Error e) {
            guard.bodyFailed(plan, e);
            throw e;
        }
    }

    private static String name(InvocationContext invocation) {
        return invocation.getMethod().getDeclaringClass().getSimpleName() + "."
                + invocation.getMethod().getName();
    }
}
