/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.discovery.Plan;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Target;
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
        return new Tour(guard, enabled(plan), transaction, deadline, promised).admission();
    }

    /** A body of the plan's threw; its data sources are asked soon, if it lost a connection. */
    public void bodyFailed(Plan plan, Throwable thrown) {
        guard.bodyFailed(enabled(plan), thrown);
    }

    private static List<Target> enabled(Plan plan) {
        return plan.targets().stream()
                .filter(target -> target.settings().enabled())
                .toList();
    }

    /** The body runs all the same: in its transaction nobody waits for that data source again. */
    public void waitedInVain(Admission.TurnedAway turnedAway, JtaTransaction transaction) {
        transaction.memo(Memo.class, Memo::new).inVain(turnedAway.target());
    }
}
