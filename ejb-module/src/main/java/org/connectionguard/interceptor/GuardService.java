/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
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
import org.connectionguard.engine.JobTransaction;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Time;
import org.connectionguard.engine.Verdict;
import org.connectionguard.observability.LoggingListener;

/** The guard of one deployment: joins discovery, engine and transaction. For any thread. */
@ApplicationScoped
public class GuardService implements ConnectionGuard {
    private final Guard guard;
    private final Discovery discovery;
    private final JtaTransaction.Server transactions;
    private final ServerState serverState;
    private final boolean enabled;

    /** For the container's client proxy. */
    protected GuardService() {
        this.guard = null;
        this.discovery = null;
        this.transactions = null;
        this.serverState = null;
        this.enabled = false;
    }

    @Inject
    GuardService(GuardExtension extension) {
        this.guard = new Guard(List.of(new LoggingListener()), Time.SYSTEM);
        this.discovery = extension.discovery();
        this.transactions = extension.transactions();
        this.serverState = new ServerState(guard);
        this.enabled = extension.configuration().common().enabled();
    }

    /**
     * The application is being undeployed. WildFly lets timeouts that are under way come to their end first, and only then
     * destroys beans: those that wait are to be told now.
     */
    void undeploying(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        guard.suspend();
    }

    @PreDestroy
    void close() {
        serverState.close();
        guard.close();
    }

    boolean isEnabled() {
        return enabled;
    }

    Discovery discovery() {
        return discovery;
    }

    /** The transaction of the calling thread, while it is active. */
    Optional<JtaTransaction> activeTransaction() {
        return transactions.active();
    }

    @Override
    public void validate(String... dataSources) {
        if (enabled) {
            Optional<Refusal> refusal = admit(discovery.plan(dataSources), activeTransaction());
            if (refusal.isPresent()) {
                throw refusal.get().exception();
            }
        }
    }

    /** A job that may not start. */
    record Refusal(String dataSource, Verdict.Unavailable verdict) {
        DatabaseUnavailableException exception() {
            return new DatabaseUnavailableException(
                    dataSource, verdict.message(), verdict.cause().orElse(null));
        }
    }

    /** Validates the plan's data sources, those excepted that were validated in this transaction before. */
    Optional<Refusal> admit(Discovery.Plan plan, Optional<JtaTransaction> transaction) {
        Optional<Set<DataSource>> memo = transaction.map(JtaTransaction::guarded);
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
            boolean pin = target.settings().pin() && plan.targets().size() == 1;
            Optional<JobTransaction> pinned = pin ? transaction.map(JobTransaction.class::cast) : Optional.empty();
            if (guard.gate(target).admit(target.settings(), deadline, pinned)
                    instanceof Verdict.Unavailable unavailable) {
                if (unavailable.doomed()) {
                    transaction.ifPresent(JtaTransaction::rollBackOnly);
                }
                return Optional.of(new Refusal(target.name(), unavailable));
            }
        }
        memo.ifPresent(guarded -> open.forEach(target -> guarded.add(target.dataSource())));
        return Optional.empty();
    }

    void bodyFailed(Discovery.Plan plan, Throwable thrown) {
        guard.bodyFailed(plan.targets(), thrown);
    }
}
