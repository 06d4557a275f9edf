/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import java.io.Serial;
import java.io.Serializable;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.cdi.CallWithoutCdi;
import org.connectionguard.cdi.GuardService;
import org.connectionguard.cdi.GuardsCalls;

/**
 * Brings calls to the guard; its subclasses are the ways in which it is bound. A method that is bound in several ways is
 * guarded by the first and passed on by the others.
 *
 * <p>One instance belongs to one bean instance; it has no state of its own.
 */
abstract class GuardingInterceptor implements GuardsCalls, Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

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
        if (guard == null) {
            // Nothing is injected where the deployment has no CDI.
            return CallWithoutCdi.proceed(invocation);
        }
        if (!guard.isEnabled() || !GuardedCall.enter(invocation)) {
            return invocation.proceed();
        }
        try {
            return guard.inTransaction(invocation, invocation.getTarget().getClass());
        } finally {
            GuardedCall.leave(invocation);
        }
    }
}
