/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serial;
import java.io.Serializable;

/** Stands before the guard, so that a job that the guard does not let through is recorded too. */
@Recorded
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE - 1)
public class RecordingInterceptor implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // The container injects a serializable client proxy.
    private RunHistory history;

    @AroundTimeout
    Object record(InvocationContext invocation) throws Exception {
        return history.record(invocation.getMethod().getDeclaringClass().getSimpleName(), invocation::proceed);
    }
}
