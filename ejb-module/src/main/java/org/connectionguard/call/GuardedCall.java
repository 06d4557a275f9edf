/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.GuardEvent.TurnedAway.Decision;
import org.connectionguard.OnUnavailable;
import org.connectionguard.database.Failure;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Verdict;
import org.connectionguard.message.Messages;
import org.connectionguard.message.Reason;
import org.connectionguard.server.JtaTransaction;

/**
 * One call of a guarded method: lets its body start only on live connections. It comes by here once, inside its transaction;
 * or twice, where the guard is the server's: there it waits before its transaction begins, and inside it the connection that
 * it was promised is bound to it. What it leaves in the context data goes with it, since one invocation context may serve many
 * calls (Jakarta Concurrency 3.1, 3.4.2; retrying interceptors). For the thread of the call.
 */
public final class GuardedCall {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** In the context data: another way of binding brought the call here, inside its transaction. */
    private static final String ENTERED = GuardedCall.class.getName();

    /** In the context data: what was decided before the transaction began. */
    private static final String DECIDED = ENTERED + ".decided";

    /** In the context data: what the body threw, which the gates know already. */
    private static final String TOLD = ENTERED + ".told";

    /**
     * What was decided before the transaction began.
     *
     * @param left of the job's time: how long the container takes in between is not for the guard to count
     * @param admission who is turned away all the same runs on
     */
    private record Earlier(Duration left, Admission admission) {
        Map<DataSource, Long> validated() {
            return admission instanceof Admission.Granted granted ? granted.validated() : Map.of();
        }

        Optional<Admission.TurnedAway> turnedAway() {
            return admission instanceof Admission.TurnedAway turnedAway ? Optional.of(turnedAway) : Optional.empty();
        }
    }

    private final InvocationContext invocation;
    private final String job;
    private final Admissions admissions;
    private final Runs runs;
    private final Plan plan;
    private final Caller caller;

    /**
     * A call.
     *
     * @param job its name
     * @param plan of the method that is called
     */
    public GuardedCall(
            InvocationContext invocation, String job, Admissions admissions, Runs runs, Plan plan, Caller caller) {
        this.invocation = invocation;
        this.job = job;
        this.admissions = admissions;
        this.runs = runs;
        this.plan = plan;
        this.caller = caller;
    }

    /** Notes that a call is inside its transaction: whether for the first time. Who is told so calls {@link #leave} at its end. */
    public static boolean enter(InvocationContext invocation) {
        return invocation.getContextData().putIfAbsent(ENTERED, true) == null;
    }

    /** The call is over: the next one of this context is another. */
    public static void leave(InvocationContext invocation) {
        invocation.getContextData().remove(ENTERED);
    }

    /** Whether it was guarded before its transaction began. */
    public static boolean isDecided(InvocationContext invocation) {
        return invocation.getContextData().containsKey(DECIDED);
    }

    /** Waits, and goes on to where the container begins the transaction. */
    public Object beforeTransaction() throws Exception {
        return runs.during(invocation, job, this::beforeTransaction);
    }

    private Object beforeTransaction(Run run) throws Exception {
        Deadline deadline = admissions.deadline(plan);
        Admission admission = admissions.admit(plan, Optional.empty(), deadline, Map.of());
        run.took(admission.effort());
        if (admission instanceof Admission.TurnedAway turnedAway && isSkipped(turnedAway, run, false)) {
            return skipped();
        }
        Map<String, Object> data = invocation.getContextData();
        data.put(DECIDED, new Earlier(admissions.guard().left(deadline), admission));
        try {
            return proceed(run, Optional.empty());
        } finally {
            data.remove(DECIDED);
            data.remove(TOLD);
        }
    }

    /** @param transaction the call's, if it is in one that is active */
    public Object inTransaction(Optional<JtaTransaction> transaction) throws Exception {
        return runs.during(invocation, job, run -> inTransaction(transaction, run));
    }

    private Object inTransaction(Optional<JtaTransaction> transaction, Run run) throws Exception {
        Optional<Earlier> before =
                Optional.ofNullable((Earlier) invocation.getContextData().get(DECIDED));
        Optional<Admission.TurnedAway> proceeds = before.flatMap(Earlier::turnedAway);
        if (proceeds.isPresent()) {
            transaction.ifPresent(each -> admissions.waitedInVain(proceeds.get(), each));
        } else {
            Admission admission = admissions.admit(
                    plan,
                    transaction,
                    admissions.guard().deadline(before.map(Earlier::left).orElse(plan.maxWait())),
                    before.map(Earlier::validated).orElse(Map.of()));
            run.took(admission.effort());
            Optional<String> over = transaction.filter(each -> !each.isActive()).map(JtaTransaction::status);
            if (admission instanceof Admission.TurnedAway turnedAway && isSkipped(turnedAway, run, over.isPresent())) {
                over.ifPresent(status -> LOG.log(Level.WARNING, Messages.skippedTooLate(job, status)));
                return skipped();
            }
            if (over.isPresent()) {
                // The wait has outlived it.
                return outlived(over.get(), run);
            }
        }
        try {
            return proceed(run, transaction.filter(each -> run.isTimers() || caller.endsAtResult()));
        } finally {
            if (before.isEmpty()) {
                invocation.getContextData().remove(TOLD);
            }
        }
    }

    private Object outlived(String status, Run run) {
        Target target = plan.targets().get(0);
        Turn turn = turn(target, Messages.transactionOver(job, status), failure(), run, true);
        run.turnedAway(target.name(), Reason.TRANSACTION.word(), turn.message(), turn.decision());
        if (turn.decision() != Decision.REFUSED) {
            return skipped();
        }
        throw new DatabaseUnavailableException(target.name(), turn.message(), null);
    }

    private Object proceed(Run run, Optional<JtaTransaction> own) throws Exception {
        try {
            return Runs.proceed(invocation, run, own);
        } catch (Exception | Error e) {
            tell(e);
            throw e;
        }
    }

    /** The gates hear of what was thrown, once; whatever comes of that, the caller gets what was thrown. */
    private void tell(Throwable thrown) {
        try {
            Object told = invocation.getContextData().put(TOLD, thrown);
            if (told == null || !Failure.has(thrown, part -> part == told)) {
                admissions.bodyFailed(plan, thrown);
            }
        } catch (RuntimeException | Error e) {
            if (e != thrown) {
                thrown.addSuppressed(e);
            }
        }
    }

    /**
     * What the policy says of a job that was turned away.
     *
     * @param rollsBack whether the container takes the call for failed, whatever it returns, and may repeat it
     * @return whether the body is left out; else it runs all the same
     * @throws DatabaseUnavailableException when the call is to fail
     */
    private boolean isSkipped(Admission.TurnedAway turnedAway, Run run, boolean rollsBack) {
        Verdict.Unavailable verdict = turnedAway.verdict();
        Turn turn = turn(turnedAway.target(), verdict.message(), decision(verdict), run, rollsBack);
        run.turnedAway(turnedAway.dataSource(), verdict.reason().word(), turn.message(), turn.decision());
        if (turn.decision() == Decision.REFUSED) {
            throw turnedAway.exception(turn.message());
        }
        return turn.decision() != Decision.PROCEEDS;
    }

    /** What becomes of the call, and what is said of it. */
    private record Turn(Decision decision, String message) {}

    /** Also in a transaction that cannot go on: it is the timer's own, and nothing was done in it. */
    private Turn turn(Target target, String message, Decision otherwise, Run run, boolean rollsBack) {
        if (plan.onUnavailable() != OnUnavailable.LATER) {
            return new Turn(otherwise, message);
        }
        return run.putOff(target, rollsBack)
                .map(why -> new Turn(failure(), Messages.notPutOff(message, why)))
                .orElseGet(() -> new Turn(Decision.PUT_OFF, message));
    }

    private Decision decision(Verdict.Unavailable verdict) {
        return switch (verdict.doomed() ? OnUnavailable.FAIL : plan.onUnavailable()) {
            case SKIP -> Decision.SKIPPED;
            case PROCEED -> verdict.allowsProceeding() ? Decision.PROCEEDS : failure();
            case FAIL, CONFIGURED, LATER -> failure();
        };
    }

    private Decision failure() {
        return caller.endsAtFailure() ? Decision.LEFT_OUT : Decision.REFUSED;
    }

    private Object skipped() {
        return caller.endsAtResult()
                ? null
                : Skipped.valueFor(invocation.getMethod().getReturnType());
    }
}
