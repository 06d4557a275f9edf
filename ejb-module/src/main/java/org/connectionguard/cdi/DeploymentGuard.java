/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.call.Admission;
import org.connectionguard.call.Admissions;
import org.connectionguard.call.Caller;
import org.connectionguard.call.GuardedCall;
import org.connectionguard.call.Runs;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.Settings;
import org.connectionguard.deployment.ConcurrencySchedule;
import org.connectionguard.deployment.DeploymentReport;
import org.connectionguard.deployment.UnreportedTimers;
import org.connectionguard.discovery.ObjectAtHand;
import org.connectionguard.discovery.Plan;
import org.connectionguard.discovery.Plans;
import org.connectionguard.engine.Guard;
import org.connectionguard.engine.Target;
import org.connectionguard.engine.Time;
import org.connectionguard.later.Later;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.Channels;
import org.connectionguard.observability.LoggingListener;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.ServerState;
import org.connectionguard.server.ServersTimers;
import org.connectionguard.statistics.JobNames;
import org.connectionguard.statistics.Overview;
import org.connectionguard.statistics.Statistics;

/** The guard at work in one deployment: joins plans, engine, transactions, and what is told. For any thread. */
final class DeploymentGuard implements AutoCloseable {
    private final Plans plans;
    private final TimerBeans timerBeans;
    private final Map<Method, Boolean> scheduled = new ConcurrentHashMap<>();
    private final UnreportedTimers unreported = new UnreportedTimers();
    private final JtaTransaction.Server transactions;
    private final boolean keepSchedules;
    private final JobNames jobNames = new JobNames();
    private final Channels channels = new Channels();
    private final Overview overview;
    private final Admissions admissions;
    private final Runs runs;
    private final Later later;
    private final RunByHand byHand;
    private final TimerWatch watch;
    private final ServerState serverState;

    DeploymentGuard(
            Plans plans,
            TimerBeans timerBeans,
            JtaTransaction.Server transactions,
            DeploymentReport report,
            BusinessViews views,
            Configuration configuration) {
        Statistics statistics = new Statistics(Time.SYSTEM);
        Guard guard = new Guard(List.of(new LoggingListener(), statistics, channels), Time.SYSTEM);
        this.plans = plans;
        this.timerBeans = timerBeans;
        this.transactions = transactions;
        this.keepSchedules = configuration.keepSchedules();
        JobTimers jobTimers = new JobTimers(timerBeans.byName(jobNames));
        this.later = new Later(
                guard,
                transactions,
                report.deployment(),
                configuration.laterExpiresAfter(),
                configuration.laterAtOnce(),
                job -> jobTimers.of(job).filter(timerBeans::isKnownByName).flatMap(views::of));
        this.overview = new Overview(report.deployment(), statistics, guard, later::since);
        this.admissions = new Admissions(guard);
        this.runs = new Runs(guard, Optional.of(later));
        // Alerts on what comes late lie: until then there is nothing to compare with.
        report.timers().forEach(timer -> statistics.register(jobNames.of(timer.bean(), timer.method()), timer));
        plans.targetsThere().stream().map(Target::name).forEach(statistics::register);
        ServersTimers serversTimers = new ServersTimers(report.deployment());
        this.byHand = new RunByHand(jobTimers, serversTimers, views, overview, transactions.kind());
        this.watch = new TimerWatch(
                jobTimers, overview, serversTimers, timerBeans.areAllSeen(), configuration.overdueAfter());
        this.serverState = new ServerState(guard::suspend, guard::resume);
    }

    /** The application has been deployed: its timers are there. */
    void deployed() {
        plans.tellMissing();
        watch.begin();
    }

    /** What happened, and what waits. */
    Overview overview() {
        return overview;
    }

    /** The ways by which it is told. */
    Channels channels() {
        return channels;
    }

    /** A job is to run now. */
    void run(String job) {
        byHand.run(job);
    }

    private void heard(String job, Object timer) {
        watch.heard(job, timer);
        byHand.heard(job, timer);
    }

    /** For an interceptor inside the call's transaction. */
    Object inTransaction(InvocationContext invocation, Class<?> bean) throws Exception {
        Method method = invocation.getMethod();
        Object timer = invocation.getTimer();
        String job = jobNames.of(timerBeans.known(bean, method), method);
        heard(job, timer);
        if (isScheduled(method)) {
            return scheduled(invocation, bean, job);
        }
        return inTransaction(invocation, job, plans.plan(bean, method), caller(timer));
    }

    private Caller caller(Object timer) {
        return timer == null || !keepSchedules
                ? Caller.CALLS_AGAIN
                : new Caller(
                        transactions
                                .kind()
                                .failedTimer()
                                .wouldEnd(timer, admissions.guard().now()),
                        false);
    }

    private boolean isScheduled(Method method) {
        return scheduled.computeIfAbsent(
                method, each -> ConcurrencySchedule.of(each).isPresent());
    }

    private Object scheduled(InvocationContext invocation, Class<?> bean, String job) throws Exception {
        Plan plan;
        try {
            plan = plans.plan(bean, invocation.getMethod());
        } catch (GuardDefinitionException e) {
            // The deployment was let through, so that this may be over by the next run, which there would not be.
            if (!keepSchedules) {
                throw e;
            }
            return runs.leftOut(invocation, job, e.getMessage());
        }
        return inTransaction(invocation, job, plan, new Caller(keepSchedules, true));
    }

    private Object inTransaction(InvocationContext invocation, String job, Plan plan, Caller caller) throws Exception {
        Optional<JtaTransaction> transaction = transactions.active();
        return plan.gap().isPresent()
                ? runs.unguarded(invocation, job, transaction)
                : new GuardedCall(invocation, job, admissions, runs, plan, caller).inTransaction(transaction);
    }

    /** For the server's interceptor, before the call's transaction begins. */
    Object beforeTransaction(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        Object timer = invocation.getTimer();
        Optional<Plan> plan = timerBeans.guarded(method, timer).map(bean -> plans.plan(bean, method));
        String job = jobNames.of(timerBeans.caller(method, timer), method);
        heard(job, timer);
        if (plan.isEmpty() || plan.get().gap().isPresent()) {
            if (plan.filter(DeploymentGuard::isOfNothing).isPresent() && !timerBeans.isReported(method)) {
                unreported.tell(method);
            }
            return runs.unguarded(invocation, job, Optional.empty());
        }
        return new GuardedCall(invocation, job, admissions, runs, plan.get(), caller(timer)).beforeTransaction();
    }

    /** Any other reason is told already. */
    private static boolean isOfNothing(Plan plan) {
        return plan.gap().filter(Messages.noDataSourceFound()::equals).isPresent();
    }

    /** @throws DatabaseUnavailableException when one of the data sources gave no connection in time */
    void validate(String... dataSources) {
        validate(plans.plan(dataSources));
    }

    /**
     * @throws DatabaseUnavailableException when it gave no connection in time, or is closed
     * @throws GuardDefinitionException when it is null
     */
    void validate(DataSource dataSource) {
        Plan plan = plans.plan(dataSource);
        if (ObjectAtHand.isClosed(dataSource)) {
            String name = plan.targets().get(0).name();
            throw new DatabaseUnavailableException(name, Messages.closed(name), null);
        }
        validate(plan);
    }

    /**
     * Asks a data source of this deployment here and now, from a thread that may see none of its names.
     *
     * @throws DatabaseUnavailableException when it gave no connection at once
     */
    void validateNow(String dataSource) {
        Target target = plans.targets().stream()
                .filter(each -> each.name().equals(dataSource))
                .findFirst()
                .orElseGet(() -> plans.atHand(dataSource)
                        .map(plans::plan)
                        .orElseGet(() -> plans.plan(dataSource))
                        .targets()
                        .get(0));
        Settings settings = target.settings().withEnabled(true).withSkipIfValidatedWithin(Duration.ZERO);
        validate(new Plan(
                List.of(new Target(target.name(), target.dataSource(), settings)),
                OnUnavailable.FAIL,
                Duration.ZERO,
                Optional.empty()));
    }

    private void validate(Plan plan) {
        Admission admission = admissions.admit(plan, transactions.active(), admissions.deadline(plan), Map.of());
        if (admission instanceof Admission.TurnedAway turnedAway) {
            throw turnedAway.exception();
        }
    }

    /** Ends all waits, for good: nobody who tells the server's state is heard any more. */
    void undeploying() {
        serverState.close();
        watch.close();
        later.close();
        admissions.guard().stop();
    }

    @Override
    public void close() {
        undeploying();
        byHand.close();
        admissions.guard().close();
        channels.close();
    }
}
