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
 * The way of one job from gate to gate. While it waits for one of several data sources, connections of the others may die: those
 * that its transaction is not bound to are asked again then. What the transaction has taken cannot be exchanged. For one thread,
 * and one call.
 */
final class Tour {
    /** A validation that is older was overtaken by a wait at another gate; MySQL may end what is idle for a second. */
    private static final Duration HOLDS = Duration.ofMillis(500);

    /** Where the gates are that slow without anything being wrong, it is not waited for better. */
    private static final int ROUNDS = 3;

    private final Guard guard;
    private final List<Target> targets;
    private final Optional<JtaTransaction> transaction;
    private final Deadline deadline;
    private final Memo memo;
    private final Map<DataSource, Long> validated;
    private Verdict.Effort effort = Verdict.Effort.NONE;

    /**
     * @param targets the data sources
     * @param transaction the call's, while it is active
     * @param promised when this very call was let through before its transaction began
     */
    Tour(
            Guard guard,
            List<Target> targets,
            Optional<JtaTransaction> transaction,
            Deadline deadline,
            Map<DataSource, Long> promised) {
        this.guard = guard;
        this.targets = targets;
        this.transaction = transaction;
        this.deadline = deadline;
        this.memo = transaction.map(each -> each.memo(Memo.class, Memo::new)).orElseGet(Memo::new);
        this.validated = new HashMap<>(promised);
    }

    /** Last those that bind only now: their first connection has told that they may. */
    Admission admission() {
        return bindAll()
                .or(() -> everywhere(open().toList()))
                .or(this::bindAll)
                .orElseGet(() -> new Admission.Granted(validated, effort));
    }

    /** Those that were not validated for as much in this transaction before; each is looked at when it is its turn. */
    private Stream<Target> open() {
        return targets.stream().filter(target -> !memo.covers(target, binds(target)));
    }

    /** Asked with the transaction at hand: it may hold what the pool lacks. */
    private Optional<Admission> bindAll() {
        return open().filter(this::binds)
                .flatMap(target -> ask(target, true).stream())
                .findFirst();
    }

    private Optional<Admission> everywhere(List<Target> unbound) {
        List<Target> next = unbound;
        for (int round = 0; round < ROUNDS && !next.isEmpty(); round++) {
            for (Target target : next) {
                Optional<Admission> turnedAway = ask(target, false);
                if (turnedAway.isPresent()) {
                    return turnedAway;
                }
            }
            next = unbound.size() > 1
                    ? unbound.stream().filter(each -> !isFresh(each)).toList()
                    : List.of();
        }
        return Optional.empty();
    }

    private boolean isFresh(Target target) {
        Long at = validated.get(target.dataSource());
        return at != null && guard.since(at).compareTo(HOLDS) < 0;
    }

    /** Empty: it is let through. */
    private Optional<Admission> ask(Target target, boolean binds) {
        Long before = validated.get(target.dataSource());
        Verdict verdict = guard.gate(target)
                .admit(
                        target,
                        memo.waitedInVain(target) ? guard.deadline(Duration.ZERO) : deadline,
                        binds ? transaction.map(JobTransaction.class::cast) : Optional.empty(),
                        before == null ? OptionalLong.empty() : OptionalLong.of(before));
        effort = effort.and(verdict.effort());
        if (verdict instanceof Verdict.Live live) {
            validated.put(target.dataSource(), live.at());
            memo.validated(target, live.bound());
            return Optional.empty();
        }
        Verdict.Unavailable unavailable = (Verdict.Unavailable) verdict;
        if (unavailable.doomed()) {
            transaction.ifPresent(JtaTransaction::doom);
        }
        memo.inVain(target);
        return Optional.of(new Admission.TurnedAway(target, unavailable, effort));
    }

    /**
     * Whether the transaction may be bound to a connection of the data source before the body starts: two that are not XA must
     * not meet in one transaction by our doing. As long as no connection has told what its pool is, it counts as one of those.
     */
    private boolean binds(Target target) {
        if (transaction.isEmpty() || !target.settings().pin() || enlistment(guard.gate(target)) == Enlistment.NONE) {
            return false;
        }
        if (targets.size() == 1 && memo.knowsNoneBut(target)) {
            // Alone it meets nobody: the common case, in which nothing need be gathered.
            return true;
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

    private static Enlistment enlistment(Gate gate) {
        return gate.control().map(PoolControl::enlistment).orElse(Enlistment.UNKNOWN);
    }
}
