/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.ejb.Timer;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;

/** Bound by ejb-jar.xml to every session bean: stands outside the guard and sees what the container sees. */
public class CallRecorder {
    @Inject
    private Ledger ledger;

    @AroundInvoke
    @AroundTimeout
    Object record(InvocationContext invocation) throws Exception {
        Class<?> bean = invocation.getMethod().getDeclaringClass();
        if (!bean.getSimpleName().endsWith("Job")
                || !invocation.getMethod().getName().equals("run")) {
            return invocation.proceed();
        }
        // Afterwards its timer may be gone.
        String key = key(invocation);
        ledger.enter();
        try {
            return invocation.proceed();
        } catch (Exception e) {
            ledger.failed(bean.getSimpleName(), e);
            throw e;
        } finally {
            ledger.leave(bean.getSimpleName(), key);
        }
    }

    private static String key(InvocationContext invocation) {
        return invocation.getTimer() instanceof Timer timer && timer.getInfo() != null
                ? String.valueOf(timer.getInfo())
                : "";
    }
}
