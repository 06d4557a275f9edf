/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import jakarta.interceptor.InvocationContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.engine.Guard;
import org.connectionguard.later.Later;
import org.connectionguard.message.Reason;
import org.connectionguard.server.JtaTransaction;

/**
 * The calls of jobs, each told once, however many interceptors of ours see it: the run goes along in the context data, as long
 * as the call lasts. For any thread.
 */
public final class Runs {
    private static final String RUN = Run.class.getName();

    private final Guard guard;
    private final Optional<Later> later;
    private final AtomicLong numbers = new AtomicLong();

    /**
     * None yet.
     *
     * @param guard tells of them
     * @param later puts them off; empty: none can be
     */
    public Runs(Guard guard, Optional<Later> later) {
        this.guard = guard;
        this.later = later;
    }

    /** What is done within a run. */
    interface Work {
        Object in(Run run) throws Exception;
    }

    /**
     * A call of what is not guarded, for whatever reason.
     *
     * @param transaction the call's, if it is in one that is active
     */
    public Object unguarded(InvocationContext invocation, String job, Optional<JtaTransaction> transaction)
            throws Exception {
        return during(invocation, job, run -> proceed(invocation, run, transaction.filter(each -> run.isTimers())));
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
        Map<String, Object> data = invocation.getContextData();
        if (!data.containsKey(RUN)) {
            Object timer = later.isPresent() ? later.get().timerOf(invocation) : invocation.getTimer();
            if (later.filter(each -> each.isReminder(timer)).isPresent()) {
                return null;
            }
            data.put(RUN, new Run(guard, later, job, numbers.incrementAndGet(), timer));
        }
        Run run = (Run) data.get(RUN);
        run.enter();
        try {
            if (run.isNotForNow()) {
                run.leaveToOther();
                return null;
            }
            return work.in(run);
        } finally {
            if (run.leave()) {
                data.remove(RUN);
            }
        }
    }

    /** @param own the transaction that is the run's own: with its end the run ends */
    static Object proceed(InvocationContext invocation, Run run, Optional<JtaTransaction> own) throws Exception {
        Object result;
        try {
            result = invocation.proceed();
        } catch (Exception | Error e) {
            run.failed(e);
            throw e;
        }
        own.ifPresent(run::endsWith);
        return result;
    }
}
