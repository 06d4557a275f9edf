/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Verdict;
import org.connectionguard.message.Messages;
import org.connectionguard.server.JtaTransaction;

/**
 * One call of a guarded method: lets its body start only on live connections. It comes by here once, inside its transaction;
 * or twice, where the guard is the server's: there it waits before its transaction begins, and inside it the connection that
 * it was promised is bound to it. For the thread of the call.
 */
public final class GuardedCall {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** In the context data: another way of binding brought the call here, inside its transaction. */
    private static final String ENTERED = GuardedCall.class.getName();

    /** In the context data: what was decided before the transaction began. */
    private static final String DECIDED = ENTERED + ".decided";

    /**
     * What was decided before the transaction began.
     *
     * @param deadline is one, for both
     * @param proceeds the body is to run without a live connection
     */
    private record Decision(Deadline deadline, Map<DataSource, Connection> validated, boolean proceeds) {}

    private final InvocationContext invocation;
    private final Admissions admissions;
    private final Plan plan;

    public GuardedCall(InvocationContext invocation, Admissions admissions, Plan plan) {
        this.invocation = invocation;
        this.admissions = admissions;
        this.plan = plan;
    }

    /** Notes that a call is inside its transaction: whether for the first time. */
    public static boolean enter(InvocationContext invocation) {
        return invocation.getContextData().putIfAbsent(ENTERED, true) == null;
    }

    /** Waits, and goes on to where the container begins the transaction. */
    public Object beforeTransaction() throws Exception {
        Deadline deadline = admissions.deadline(plan);
        Admission admission = admissions.admit(plan, Optional.empty(), deadline, Map.of());
        if (admission instanceof Admission.Refused refused && isSkipped(refused)) {
            return null;
        }
        Map<DataSource, Connection> validated =
                admission instanceof Admission.Granted granted ? granted.validated() : Map.of();
        invocation
                .getContextData()
                .put(DECIDED, new Decision(deadline, validated, admission instanceof Admission.Refused));
        try {
            return invocation.proceed();
        } catch (Exception | Error e) {
            if (!invocation.getContextData().containsKey(ENTERED)) {
                admissions.guard().bodyFailed(plan.targets(), e);
            }
            throw e;
        }
    }

    /** @param transaction the call's, if it is in one that is active */
    public Object inTransaction(Optional<JtaTransaction> transaction) throws Exception {
        Decision before = invocation.getContextData().get(DECIDED) instanceof Decision decision
                ? decision
                : new Decision(admissions.deadline(plan), Map.of(), false);
        if (!before.proceeds()) {
            Admission admission = admissions.admit(plan, transaction, before.deadline(), before.validated());
            if (admission instanceof Admission.Refused refused && isSkipped(refused)) {
                return null;
            }
            Optional<JtaTransaction> over = transaction.filter(each -> !each.isActive());
            if (over.isPresent()) {
                // The wait has outlived it.
                throw new DatabaseUnavailableException(
                        plan.targets().get(0).name(),
                        Messages.transactionOver(name(), over.get().status()),
                        null);
            }
        }
        try {
            return invocation.proceed();
        } catch (Exception | Error e) {
            admissions.guard().bodyFailed(plan.targets(), e);
            throw e;
        }
    }

    /**
     * What the policy says of a refused job.
     *
     * @return whether the body is left out; else it runs all the same
     * @throws DatabaseUnavailableException when the call is to fail
     */
    private boolean isSkipped(Admission.Refused refused) {
        Verdict.Unavailable verdict = refused.verdict();
        OnUnavailable policy = verdict.doomed() ? OnUnavailable.FAIL : plan.onUnavailable();
        if (policy == OnUnavailable.SKIP) {
            LOG.log(Level.WARNING, Messages.skipped(name(), verdict.message()));
            return true;
        }
        if (policy == OnUnavailable.FAIL || !verdict.allowsProceeding()) {
            throw refused.exception();
        }
        LOG.log(Level.WARNING, Messages.proceeding(name(), verdict.message()));
        return false;
    }

    private String name() {
        return invocation.getMethod().getDeclaringClass().getSimpleName() + "."
                + invocation.getMethod().getName();
    }
}
