/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.annotation.Resource;
import jakarta.ejb.Timer;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application's own interceptor, outside of the guard: of timers whose information says so, it gives up the transaction of the
 * first call, which the container takes for a failure, and repeats the call.
 */
public class Marker {
    private static final Set<Object> MARKED = ConcurrentHashMap.newKeySet();

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @AroundTimeout
    Object mark(InvocationContext invocation) throws Exception {
        Object info = ((Timer) invocation.getTimer()).getInfo();
        if (String.valueOf(info).startsWith("marked") && MARKED.add(info)) {
            transactions.setRollbackOnly();
        }
        return invocation.proceed();
    }
}
