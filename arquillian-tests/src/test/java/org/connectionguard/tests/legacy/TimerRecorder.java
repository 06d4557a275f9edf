/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;

/** Bound by the application's own ejb-jar.xml to all of its timers: sees what the container sees. */
public class TimerRecorder {
    @Inject
    private Tally tally;

    @AroundTimeout
    Object record(InvocationContext invocation) throws Exception {
        try {
            return invocation.proceed();
        } catch (Exception e) {
            tally.failed(invocation.getTarget(), e);
            throw e;
        } finally {
            tally.note(invocation.getTarget(), Tally.Kind.CALLED);
        }
    }
}
