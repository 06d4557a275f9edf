/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.TimerReport;
import org.connectionguard.ValidConnections;
import org.connectionguard.deployment.Definitions;
import org.connectionguard.deployment.DeploymentReport;
import org.connectionguard.deployment.Protections;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Outlook;
import org.connectionguard.discovery.Plans;
import org.connectionguard.discovery.WriteDemand;
import org.connectionguard.doctor.WriteSurvey;
import org.connectionguard.message.Messages;
import org.connectionguard.server.ApplicationName;
import org.connectionguard.server.ApplicationServer;
import org.connectionguard.server.FailedTimer;

/**
 * The end of a deployment: what cannot work is an error, and the timers' protection is told. Immutable.
 *
 * @param views how clients call what timers call
 * @param server where it is deployed
 */
record DeploymentCheck(
        Configurations configurations,
        Protections protections,
        Discovery discovery,
        Plans plans,
        BusinessViews views,
        ApplicationServer server) {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** Every guarded method: one that cannot be guarded is a problem of the deployment. */
    void definitions(Candidates candidates, AfterDeploymentValidation event) {
        Definitions definitions = new Definitions(
                plans,
                protections,
                candidates.beans(),
                candidates.timers(),
                timer -> server.callsTimers() || views.of(timer).isPresent());
        for (AnnotatedType<?> type : candidates.annotated()) {
            check(type.getJavaClass(), event, () -> definitions.check(type));
        }
        for (TimerMethod timer : candidates.timers()) {
            check(timer.bean(), event, () -> definitions.check(timer, policy(timer)));
        }
    }

    /** Where its data sources have policies of their own, only its first call can tell. */
    private OnUnavailable policy(TimerMethod timer) {
        return protections.isGuarded(timer, discovery)
                ? discovery
                        .annotation(timer.bean(), timer.method())
                        .map(ValidConnections::onUnavailable)
                        .filter(each -> each != OnUnavailable.CONFIGURED)
                        .orElseGet(() -> configurations
                                .of(timer.bean().getClassLoader())
                                .common()
                                .onUnavailable())
                : OnUnavailable.CONFIGURED;
    }

    private static void check(Class<?> type, AfterDeploymentValidation event, Runnable definition) {
        try {
            definition.run();
        } catch (GuardDefinitionException e) {
            event.addDeploymentProblem(e);
        } catch (RuntimeException | LinkageError e) {
            // Nobody knows that it cannot work.
            LOG.log(Level.WARNING, Messages.notRead(type.getName(), e));
        }
    }

    /**
     * Every data source whose server is to take writes: where nobody knows how to ask for that, no job would ever start. One
     * whose database does not answer now is asked by its jobs.
     */
    void writeDemands(AfterDeploymentValidation event) {
        List<WriteDemand> demands = plans.writeDemands();
        Map<DataSource, String> products = new WriteSurvey()
                .uncheckable(demands.stream().map(WriteDemand::target).toList());
        demands.stream()
                .filter(demand -> products.containsKey(demand.target().dataSource()))
                .map(demand -> Messages.writableCannotBeChecked(
                        demand.target().name(), products.get(demand.target().dataSource()), demand.place()))
                .forEach(message -> event.addDeploymentProblem(new GuardDefinitionException(message)));
    }

    /** How each timer is protected, for the log; one that is not may be a problem of the deployment. */
    DeploymentReport report(List<TimerMethod> timers, AfterDeploymentValidation event) {
        DeploymentReport report = new DeploymentReport(
                ApplicationName.lookUp(), timers.stream().map(this::report).toList());
        if (!report.timers().isEmpty()) {
            LOG.log(Level.INFO, report::text);
        }
        for (TimerReport timer : report.unprotected()) {
            unprotected(
                    timer.bean().getClassLoader(),
                    Messages.unprotected(timer.name(), timer.dataSources(), timer.reason()),
                    event);
        }
        return report;
    }

    private void unprotected(ClassLoader module, String message, AfterDeploymentValidation event) {
        switch (configurations.of(module).unprotected()) {
            case WARN -> LOG.log(Level.WARNING, message);
            case FAIL -> event.addDeploymentProblem(new GuardDefinitionException(message));
            case IGNORE -> {}
        }
    }

    /** Beans that only a descriptor declares: by no annotation would CDI show them, so that nothing could be bound to them. */
    void describedBeans(
            Map<String, EjbJar> descriptors, List<TimerMethod> timerMethods, AfterDeploymentValidation event) {
        Set<String> known =
                timerMethods.stream().map(timer -> timer.bean().getName()).collect(Collectors.toSet());
        descriptors.forEach((file, descriptor) -> {
            Map<String, String> timers = descriptor.beansWithTimers(protections.interceptors());
            timers.keySet().removeAll(known);
            if (!timers.isEmpty()) {
                unprotected(
                        DeploymentCheck.class.getClassLoader(),
                        Messages.describedOnly(file, List.copyOf(timers.values())),
                        event);
            }
        });
    }

    /** What is set for a data source that is not there is most likely a slip of the pen. */
    void settings() {
        plans.leadingNowhere(configurations.ofCaller())
                .forEach(name -> LOG.log(Level.WARNING, Messages.settingsOfNobody(name)));
    }

    /** Whether a run that fails would be the last one, but for the guard. */
    private boolean endsAtFailure(TimerMethod timer) {
        return configurations.ofCaller().keepSchedules()
                && (timer.runBy() != RunBy.TIMER_SERVICE || server.failedTimer() != FailedTimer.GOES_ON);
    }

    private TimerReport report(TimerMethod timer) {
        try {
            Outlook outlook = protections.isGuarded(timer, discovery)
                    ? plans.outlook(timer.bean(), timer.method())
                    : Outlook.PROVEN;
            TimerReport report = protections.report(timer, discovery, outlook);
            return endsAtFailure(timer) && report.protection() == TimerReport.Protection.GUARDED
                    ? report.because(report.reason() + Messages.keepsItsSchedule())
                    : report;
        } catch (GuardDefinitionException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            return new TimerReport(
                    timer.bean(),
                    timer.method().getName(),
                    timer.schedule(),
                    "unknown",
                    List.of(),
                    TimerReport.Protection.UNPROTECTED,
                    Messages.notFollowed(timer.place(), e));
        }
    }
}
