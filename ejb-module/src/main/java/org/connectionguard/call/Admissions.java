/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.JobTransaction;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Verdict;
import org.connectionguard.server.JtaTransaction;

/**
 * Takes jobs to the gates of their data sources. Immutable, for any thread.
 *
 * @param guard has the gates
 */
public record Admissions(Guard guard) {
    public Deadline deadline(Plan plan) {
        return guard.deadline(plan.maxWait());
    }

    /**
     * Validates the plan's data sources, those excepted that were validated in this transaction before.
     *
     * @param transaction the call's, while it is active
     * @param known connections that were found fit for this very call before its transaction began
     */
    public Admission admit(
            Plan plan, Optional<JtaTransaction> transaction, Deadline deadline, Map<DataSource, Connection> known) {
        Optional<Set<DataSource>> memo = transaction.map(JtaTransaction::guarded);
        List<Target> open = new ArrayList<>();
        for (Target target : plan.targets()) {
            if (target.settings().enabled()
                    && !memo.filter(guarded -> guarded.contains(target.dataSource()))
                            .isPresent()) {
                open.add(target);
            }
        }
        Map<DataSource, Connection> validated = new HashMap<>();
        for (Target target : open) {
            // Several data sources are not pinned: that could enlist two one-phase resources in one transaction.
            boolean pin = target.settings().pin() && plan.targets().size() == 1;
            Optional<JobTransaction> pinned = pin ? transaction.map(JobTransaction.class::cast) : Optional.empty();
            Verdict verdict = guard.gate(target)
                    .admit(target.settings(), deadline, pinned, Optional.ofNullable(known.get(target.dataSource())));
            if (verdict instanceof Verdict.Unavailable unavailable) {
                if (unavailable.doomed()) {
                    transaction.ifPresent(JtaTransaction::rollBackOnly);
                }
                return new Admission.Refused(target.name(), unavailable);
            }
            if (verdict instanceof Verdict.Live live) {
                live.physical().ifPresent(physical -> validated.put(target.dataSource(), physical));
            }
        }
        memo.ifPresent(guarded -> open.forEach(target -> guarded.add(target.dataSource())));
        return new Admission.Granted(validated);
    }
}
