/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.engine.Deadline;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Passage;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Time;
import org.connectionguard.engine.Verdict;
import org.connectionguard.observability.LoggingListener;

/** The guard of one deployment: joins discovery, engine and transaction. For any thread. */
@ApplicationScoped
public class GuardService implements ConnectionGuard {
    private final Guard guard;
    private final Discovery discovery;
    private final boolean enabled;

    /** For the container's client proxy. */
    protected GuardService() {
        this.guard = null;
        this.discovery = null;
        this.enabled = false;
    }

    @Inject
    GuardService(GuardExtension extension) {
        this.guard = new Guard(List.of(new LoggingListener()), Time.SYSTEM);
        this.discovery = extension.discovery();
        this.enabled = extension.configuration().common().enabled();
    }

    @PreDestroy
    void close() {
        guard.close();
    }

    boolean isEnabled() {
        return enabled;
    }

    Discovery discovery() {
        return discovery;
    }

    @Override
    public void validate(String... dataSources) {
        if (enabled) {
            Optional<Refusal> refusal = admit(discovery.plan(dataSources));
            if (refusal.isPresent()) {
                throw refusal.get().exception();
            }
        }
    }

    /**
     * A job that may not start.
     *
     * @param doomed whether its transaction cannot go on, whatever the policy says
     */
    record Refusal(String dataSource, Verdict.Unavailable verdict, boolean doomed) {
        DatabaseUnavailableException exception() {
            return new DatabaseUnavailableException(
                    dataSource, verdict.message(), verdict.cause().orElse(null));
        }
    }

    /** Validates the plan's data sources, those excepted that were validated in this transaction before. */
    Optional<Refusal> admit(Discovery.Plan plan) {
        JtaTransaction transaction = JtaTransaction.lookUp();
        boolean active = transaction.isActive();
        Optional<Set<DataSource>> memo = active ? Optional.of(transaction.guarded()) : Optional.empty();
        List<Target> open = new ArrayList<>();
        for (Target target : plan.targets()) {
            if (target.settings().enabled()
                    && !memo.filter(guarded -> guarded.contains(target.dataSource()))
                            .isPresent()) {
                open.add(target);
            }
        }
        Deadline deadline = guard.deadline(plan.maxWait());
        for (Target target : open) {
            // Several data sources are not pinned: that could enlist two one-phase resources in one transaction.
            boolean pin = active && target.settings().pin() && plan.targets().size() == 1;
            Optional<Refusal> refusal = admit(target, deadline, pin, transaction);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        memo.ifPresent(guarded -> open.forEach(target -> guarded.add(target.dataSource())));
        return Optional.empty();
    }

    private Optional<Refusal> admit(Target target, Deadline deadline, boolean pin, JtaTransaction transaction) {
        try (Passage passage = guard.gate(target).enter(target.settings(), deadline)) {
            if (passage.verdict() instanceof Verdict.Unavailable unavailable) {
                return Optional.of(new Refusal(target.name(), unavailable, false));
            }
            // A wait may have outlived the transaction; then nothing is bound to it any more.
            if (pin && transaction.isActive()) {
                Optional<Verdict.Unavailable> dead = passage.pin(target.settings(), deadline);
                if (dead.isPresent()) {
                    transaction.rollBackOnly();
                    return Optional.of(new Refusal(target.name(), dead.get(), true));
                }
            }
            return Optional.empty();
        }
    }

    void bodyFailed(Discovery.Plan plan, Throwable thrown) {
        guard.bodyFailed(plan.targets(), thrown);
    }
}
