/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Gate;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.JobTransaction;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Verdict;
import org.connectionguard.pool.Enlistment;
import org.connectionguard.pool.PoolControl;
import org.connectionguard.server.JtaTransaction;

/**
 * Takes jobs to the gates of their data sources. Immutable, for any thread.
 *
 * @param guard has the gates
 */
public record Admissions(Guard guard) {
    /** The time that the plan gives a job, from now on. */
    public Deadline deadline(Plan plan) {
        return guard.deadline(plan.maxWait());
    }

    /**
     * Validates the plan's data sources, those excepted that were validated for as much in this transaction before.
     *
     * @param transaction the call's, while it is active
     * @param promised when this very call was let through before its transaction began
     */
    public Admission admit(
            Plan plan, Optional<JtaTransaction> transaction, Deadline deadline, Map<DataSource, Long> promised) {
        Memo memo = transaction.map(each -> each.memo(Memo.class, Memo::new)).orElseGet(Memo::new);
        List<Target> targets = plan.targets().stream()
                .filter(target -> target.settings().enabled())
                .toList();
        Map<DataSource, Long> validated = new HashMap<>();
        for (Target target : targets) {
            boolean binds = transaction.isPresent() && binds(target, targets, memo);
            if (memo.covers(target, binds)) {
                continue;
            }
            Optional<JobTransaction> bound = binds ? transaction.map(JobTransaction.class::cast) : Optional.empty();
            Verdict verdict = guard.gate(target)
                    .admit(
                            target,
                            memo.waitedInVain(target) ? guard.deadline(Duration.ZERO) : deadline,
                            bound,
                            promised.containsKey(target.dataSource())
                                    ? OptionalLong.of(promised.get(target.dataSource()))
                                    : OptionalLong.empty());
            if (verdict instanceof Verdict.Unavailable unavailable) {
                if (unavailable.doomed()) {
                    transaction.ifPresent(JtaTransaction::doom);
                }
                memo.inVain(target);
                return new Admission.TurnedAway(target, unavailable);
            }
            Verdict.Live live = (Verdict.Live) verdict;
            validated.put(target.dataSource(), live.at());
            memo.validated(target, live.bound());
        }
        return new Admission.Granted(validated);
    }

    /** The body runs all the same: in its transaction nobody waits for that data source again. */
    public void waitedInVain(Admission.TurnedAway turnedAway, JtaTransaction transaction) {
        transaction.memo(Memo.class, Memo::new).inVain(turnedAway.target());
    }

    /**
     * Whether the transaction may be bound to a connection of the data source before the body starts: two that are not XA must
     * not meet in one transaction by our doing. As long as no connection has told what its pool is, it counts as one of those.
     */
    private boolean binds(Target target, List<Target> targets, Memo memo) {
        if (!target.settings().pin() || enlistment(target) == Enlistment.NONE) {
            return false;
        }
        Set<Gate> oneAtMost = Stream.concat(targets.stream(), memo.targets())
                .map(guard::gate)
                .filter(gate -> !meetsOthers(enlistment(gate)))
                .collect(Collectors.toSet());
        if (oneAtMost.size() > 1 && oneAtMost.stream().allMatch(gate -> enlistment(gate) == Enlistment.ONE_PHASE)) {
            guard.gate(target).leavesUnbound();
        }
        return oneAtMost.size() <= 1;
    }

    private static boolean meetsOthers(Enlistment enlistment) {
        return enlistment == Enlistment.TWO_PHASE || enlistment == Enlistment.NONE;
    }

    private Enlistment enlistment(Target target) {
        return enlistment(guard.gate(target));
    }

    private static Enlistment enlistment(Gate gate) {
        return gate.control().map(PoolControl::enlistment).orElse(Enlistment.UNKNOWN);
    }
}
