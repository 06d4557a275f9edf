/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.TimerReport;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
import org.connectionguard.deployment.Definitions;
import org.connectionguard.deployment.DeploymentReport;
import org.connectionguard.deployment.Protections;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.Timers;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Plans;
import org.connectionguard.message.Messages;
import org.connectionguard.server.ApplicationName;
import org.connectionguard.server.JtaTransaction;
import org.connectionguard.server.TimerOwner;

/**
 * Reads the settings, binds the guard to timers where a setting says so, and checks every guarded method while the
 * application is deployed, so that what cannot work is a deployment error. Called by the CDI container on one thread; what it
 * found is immutable afterwards.
 */
public class GuardExtension implements Extension {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** The module that server-config's script makes for the whole server. */
    private static final String SERVERS_OWN = "org.connectionguard";

    /** The name of the only bean that calls a method. */
    private static final String WHOEVER = "";

    private final Set<AnnotatedType<?>> annotated = new LinkedHashSet<>();
    private final Set<Class<?>> beans = new HashSet<>();
    private final List<TimerMethod> timers = new ArrayList<>();
    private final Map<ClassLoader, Configuration> configurations = new ConcurrentHashMap<>();
    private final Map<Method, Map<String, Class<?>>> guardedBeans = new ConcurrentHashMap<>();
    private final Timers timerFinder = new Timers();
    private final Protections protections = new Protections(
            this::configuration,
            InterceptorClasses.NAMES,
            SERVERS_OWN.equals(GuardExtension.class.getClassLoader().getName()));

    /** What was wrong before the container listens to problems. */
    private Optional<GuardDefinitionException> problem = Optional.empty();

    private boolean enabled;
    private boolean examined;
    private Discovery discovery;
    private Plans plans;
    private Optional<DoctorVisit> visit = Optional.empty();
    private JtaTransaction.Server transactions;
    private DeploymentReport report = new DeploymentReport("", List.of());

    private Configuration configuration(ClassLoader deployment) {
        return configurations.computeIfAbsent(deployment, loader -> Configuration.of(SettingSource.of(loader)));
    }

    /** As a module of the server, the library is no bean archive of any application. */
    void register(@Observes BeforeBeanDiscovery event) {
        if (protections.serverWide()) {
            Stream.concat(Stream.of(GuardService.class, DoctorService.class), InterceptorClasses.load().stream())
                    .forEach(
                            type -> event.addAnnotatedType(type, type.getName()).add(new ServersOwn.Mark()));
        }
        try {
            Configuration configuration = configuration(Thread.currentThread().getContextClassLoader());
            enabled = configuration.common().enabled();
            examined = enabled && configuration.doctor();
        } catch (GuardDefinitionException e) {
            problem = Optional.of(e);
        }
    }

    /** The application has the library in it too; the server's classes are the ones that are seen. */
    <T extends ConnectionGuard> void passOverService(@Observes ProcessAnnotatedType<T> event) {
        passOver(event);
    }

    /** As {@link #passOverService}. */
    <T extends ConnectionDoctor> void passOverDoctor(@Observes ProcessAnnotatedType<T> event) {
        passOver(event);
    }

    /** As {@link #passOverService}. */
    <T extends GuardsCalls> void passOverInterceptor(@Observes ProcessAnnotatedType<T> event) {
        passOver(event);
    }

    private void passOver(ProcessAnnotatedType<?> event) {
        if (protections.serverWide() && !event.getAnnotatedType().isAnnotationPresent(ServersOwn.class)) {
            event.veto();
        }
    }

    /** Only those of interest: else a container loads every class of a large application for us. */
    <T> void collect(
            @Observes
                    @WithAnnotations({
                        ValidConnections.class,
                        Stateless.class,
                        Singleton.class,
                        MessageDriven.class,
                        Schedule.class,
                        Schedules.class,
                        Timeout.class
                    })
                    ProcessAnnotatedType<T> event) {
        AnnotatedType<T> type = event.getAnnotatedType();
        if (!enabled || GuardsCalls.class.isAssignableFrom(type.getJavaClass())) {
            return;
        }
        if (isAnnotated(type)) {
            annotated.add(type);
        }
        try {
            List<TimerMethod> found = timerFinder.of(type);
            timers.addAll(found);
            if (!found.isEmpty() && protections.coversAllTimersOf(type.getJavaClass())) {
                bind(event, found);
            }
        } catch (GuardDefinitionException e) {
            problem = Optional.of(e);
        }
    }

    private <T> void bind(ProcessAnnotatedType<T> event, List<TimerMethod> found) {
        Set<Method> unbound = found.stream()
                .filter(timer -> protections.boundBy(timer).isEmpty())
                .map(TimerMethod::method)
                .collect(Collectors.toSet());
        event.configureAnnotatedType()
                .filterMethods(method ->
                        unbound.contains(method.getJavaMember()) && !method.isAnnotationPresent(ValidConnections.class))
                .forEach(method -> method.add(Unsaid.INSTANCE));
    }

    private static boolean isAnnotated(AnnotatedType<?> type) {
        return type.isAnnotationPresent(ValidConnections.class)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotationPresent(ValidConnections.class));
    }

    <T> void collectBeans(@Observes ProcessManagedBean<T> event) {
        beans.add(event.getBean().getBeanClass());
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        try {
            if (problem.isPresent()) {
                throw problem.get();
            }
            discovery = new Discovery(this::configuration, Optional.of(beanManager));
            plans = new Plans(this::configuration, discovery);
            transactions = JtaTransaction.Server.lookUp();
            visit = Optional.of(new DoctorVisit(plans));
        } catch (GuardDefinitionException e) {
            event.addDeploymentProblem(e);
            return;
        }
        if (!enabled) {
            return;
        }
        Definitions definitions = new Definitions(plans, protections, beans);
        for (AnnotatedType<?> type : annotated) {
            try {
                definitions.check(type);
            } catch (GuardDefinitionException e) {
                event.addDeploymentProblem(e);
            }
        }
        annotated.clear();
        beans.clear();
        report(event);
        if (examined) {
            visit().begin();
        }
    }

    void ended(@Observes BeforeShutdown event) {
        visit.ifPresent(DoctorVisit::close);
    }

    private void report(AfterDeploymentValidation event) {
        timers.stream()
                .filter(timer -> protections.isGuarded(timer, discovery))
                .forEach(timer -> plans.planWhereBound(timer.bean(), timer.method()));
        report = new DeploymentReport(
                ApplicationName.lookUp(),
                timers.stream()
                        .map(timer -> protections.report(timer, discovery))
                        .toList());
        if (!report.timers().isEmpty()) {
            LOG.log(Level.INFO, report::text);
        }
        for (TimerReport timer : report.unprotected()) {
            String message = Messages.unprotected(timer.name(), timer.dataSources(), timer.reason());
            switch (configuration(timer.bean().getClassLoader()).unprotected()) {
                case WARN -> LOG.log(Level.WARNING, message);
                case FAIL -> event.addDeploymentProblem(new GuardDefinitionException(message));
                case IGNORE -> {}
            }
        }
    }

    /**
     * The bean whose timer calls the method, before anything of the call's bean is known.
     *
     * @param timer tells, where several beans inherit the method
     * @return empty where the timer is not guarded, or does not tell
     */
    Optional<Class<?>> guardedBean(Method method, Object timer) {
        Map<String, Class<?>> beans = guardedBeans.computeIfAbsent(method, this::findGuardedBeans);
        return Optional.<Class<?>>ofNullable(beans.get(WHOEVER))
                .or(() -> beans.entrySet().stream()
                        .filter(bean -> TimerOwner.is(bean.getKey(), timer))
                        .<Class<?>>map(Map.Entry::getValue)
                        .findFirst());
    }

    /** By their names; by {@link #WHOEVER} where there is no other. */
    private Map<String, Class<?>> findGuardedBeans(Method method) {
        List<TimerMethod> callers =
                timers.stream().filter(timer -> timer.method().equals(method)).toList();
        if (callers.isEmpty()) {
            // A bean that only a descriptor declares.
            Class<?> declaring = method.getDeclaringClass();
            return protections.coversAllTimersOf(declaring) ? Map.of(WHOEVER, declaring) : Map.of();
        }
        return callers.stream()
                .filter(caller -> protections.isGuarded(caller, discovery))
                .collect(Collectors.toMap(
                        caller -> callers.size() == 1 ? WHOEVER : caller.ejbName(),
                        TimerMethod::bean,
                        (one, other) -> one));
    }

    boolean isEnabled() {
        return enabled;
    }

    DoctorVisit visit() {
        return visit.orElseThrow();
    }

    Plans plans() {
        return plans;
    }

    JtaTransaction.Server transactions() {
        return transactions;
    }

    DeploymentReport report() {
        return report;
    }
}
