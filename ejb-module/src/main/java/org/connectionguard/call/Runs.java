/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import jakarta.interceptor.InvocationContext;
import java.util.concurrent.atomic.AtomicLong;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.engine.Guard;
import org.connectionguard.message.Reason;

/**
 * The calls of jobs, each told once, however many interceptors of ours see it: the run goes along in the context data, as long
 * as the call lasts. For any thread.
 */
public final class Runs {
    private static final String RUN = Run.class.getName();

    private final Guard guard;
    private final AtomicLong numbers = new AtomicLong();

    /** @param guard tells of them */
    public Runs(Guard guard) {
        this.guard = guard;
    }

    /** What is done within a run. */
    interface Work {
        Object in(Run run) throws Exception;
    }

    /** A call of what is not guarded, for whatever reason. */
    public Object unguarded(InvocationContext invocation, String job) throws Exception {
        return during(invocation, job, run -> proceed(invocation, run));
    }

    /** A call that cannot be guarded, and must not fail. */
    public Object leftOut(InvocationContext invocation, String job, String why) throws Exception {
        return during(invocation, job, run -> {
            run.turnedAway("", Reason.UNCHECKABLE.word(), why, Decision.LEFT_OUT);
            return null;
        });
    }

    /** In the run that the call is part of; a new one, where the guard sees it for the first time. */
    Object during(InvocationContext invocation, String job, Work work) throws Exception {
        Run run = (Run) invocation
                .getContextData()
                .computeIfAbsent(RUN, first -> new Run(guard, job, numbers.incrementAndGet()));
        run.enter();
        try {
            return work.in(run);
        } finally {
            if (run.leave()) {
                invocation.getContextData().remove(RUN);
            }
        }
    }

    static Object proceed(InvocationContext invocation, Run run) throws Exception {
        try {
            return invocation.proceed();
        } catch (Exception | Error e) {
            run.failed(e);
            throw e;
        }
    }
}
