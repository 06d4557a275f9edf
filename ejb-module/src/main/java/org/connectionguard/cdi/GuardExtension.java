/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Retention;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.ConnectionGuard;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.Unprotected;
import org.connectionguard.deployment.DeploymentReport;
import org.connectionguard.deployment.HiddenClasses;
import org.connectionguard.deployment.Protections;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.discovery.Beans;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Plans;
import org.connectionguard.message.Messages;
import org.connectionguard.observability.health.GuardHealth;
import org.connectionguard.observability.health.GuardHealthCheck;
import org.connectionguard.server.JtaTransaction;

/**
 * Reads the settings, binds the guard to timers where a setting says so, and checks every guarded method while the
 * application is deployed, so that what cannot work is a deployment error. Called by the CDI container on one thread; what it
 * found is immutable afterwards.
 */
public class GuardExtension implements Extension {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final Configurations configurations = new Configurations();
    private final LibraryBeans library;
    private final Protections protections;
    private final Candidates candidates;
    private final Beans beans = new Beans();
    private final EjbJars descriptors = new EjbJars();

    /** What was wrong before the container listens to problems. */
    private Optional<GuardDefinitionException> problem = Optional.empty();

    /** In its archive a bean is put that others look for: into the server's own archive they do not see. */
    private Class<?> home = GuardExtension.class;

    private boolean enabled;
    private boolean examined;
    private boolean observed;
    private Optional<DoctorVisit> visit = Optional.empty();
    private Optional<Supplier<DeploymentGuard>> guard = Optional.empty();
    private DeploymentReport report = new DeploymentReport("", List.of());

    /** Where it is asked for. */
    private Optional<GuardHealth> health = Optional.empty();

    /** Called by the container. */
    public GuardExtension() {
        this(LibraryBeans.here());
    }

    GuardExtension(LibraryBeans library) {
        this.library = library;
        this.protections = new Protections(configurations::of, InterceptorClasses.NAMES, library.serversOwn());
        this.candidates = new Candidates(protections, descriptors);
    }

    void register(@Observes BeforeBeanDiscovery event) {
        library.register(event);
        try {
            Configuration configuration = configurations.begin();
            enabled = configuration.common().enabled();
            examined = enabled && configuration.doctor();
            if (enabled && configuration.unprotected() != Unprotected.IGNORE && !library.serversOwn()) {
                HiddenClasses.tell(GuardExtension.class);
            }
        } catch (GuardDefinitionException e) {
            problem = Optional.of(e);
        }
    }

    <T extends ConnectionGuard> void passOverService(@Observes ProcessAnnotatedType<T> event) {
        library.passOverCopy(event);
    }

    <T extends ConnectionDoctor> void passOverDoctor(@Observes ProcessAnnotatedType<T> event) {
        library.passOverCopy(event);
    }

    <T extends GuardsCalls> void passOverInterceptor(@Observes ProcessAnnotatedType<T> event) {
        library.passOverCopy(event);
    }

    /**
     * Only classes with annotations. Those of enterprise beans and of Jakarta Concurrency cannot be named, for a container that
     * lacks one of them would fail to read this very method. A meta-annotation counts here as the annotation does (CDI 4.0,
     * WithAnnotations), and this one every annotation has that can be seen: so what a container loads for us and for nobody else
     * are interfaces and abstract classes with annotations.
     */
    <T> void collect(@Observes @WithAnnotations(Retention.class) ProcessAnnotatedType<T> event) {
        if (enabled && !library.isOfAnotherCopy(event.getAnnotatedType().getJavaClass())) {
            try {
                candidates.add(event);
            } catch (GuardDefinitionException e) {
                problem = Optional.of(e);
            }
        }
    }

    <T> void collectBeans(@Observes ProcessManagedBean<T> event) {
        configurations.add(event.getBean().getBeanClass());
        if (library.isOfAnApplication(event.getBean().getBeanClass())) {
            home = event.getBean().getBeanClass();
        }
        if (enabled) {
            candidates.addBean(event.getBean().getBeanClass());
        }
    }

    <T> void collectAllBeans(@Observes ProcessBean<T> event) {
        if (enabled) {
            beans.add(event);
        }
    }

    /** Who observes what the guard tells. */
    <T extends GuardEvent, X> void collectObservers(@Observes ProcessObserverMethod<T, X> event) {
        observed = true;
    }

    void addHealthCheck(@Observes AfterBeanDiscovery event) {
        if (problem.isEmpty() && enabled && configurations.ofDeployment().health()) {
            try {
                GuardHealth answers = new GuardHealth(() -> report.deployment());
                event.addBean(new GuardHealthCheck(answers, home));
                health = Optional.of(answers);
            } catch (NoClassDefFoundError e) {
                // This server has no MicroProfile Health: nobody asks.
            }
        }
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        Discovery discovery = new Discovery(configurations::of, Optional.of(beanManager), beans, descriptors);
        Plans plans = new Plans(configurations::of, configurations::ofCaller, discovery);
        // He is asked by the application also where the guard is switched off.
        visit = Optional.of(new DoctorVisit(plans));
        problem.ifPresent(event::addDeploymentProblem);
        if (problem.isPresent() || !enabled) {
            return;
        }
        List<TimerMethod> timers = candidates.timers();
        BusinessViews views = new BusinessViews(beans, beanManager);
        JtaTransaction.Server transactions;
        try {
            transactions = JtaTransaction.Server.lookUp();
            TimerBeans timerBeans = new TimerBeans(timers, protections, discovery);
            guard = Optional.of(() ->
                    new DeploymentGuard(plans, timerBeans, transactions, report, views, configurations.ofCaller()));
        } catch (GuardDefinitionException e) {
            event.addDeploymentProblem(e);
            return;
        }
        DeploymentCheck check =
                new DeploymentCheck(configurations, protections, discovery, plans, views, transactions.kind());
        check.definitions(candidates, event);
        candidates.forgetDefinitions();
        report = check.report(timers, event);
        if (!library.serversOwn()) {
            others(check, timers, event);
        }
        check.writeDemands(event);
        check.settings();
    }

    /** The application's beans that CDI does not know, as far as that can be seen. */
    private void others(DeploymentCheck check, List<TimerMethod> timers, AfterDeploymentValidation event) {
        try {
            check.describedBeans(descriptors.ofApplication(GuardExtension.class), timers, event);
        } catch (GuardDefinitionException e) {
            event.addDeploymentProblem(e);
        }
        if (configurations.ofCaller().unprotected() != Unprotected.IGNORE) {
            HiddenClasses.tellIfThereAreNoBeans(GuardExtension.class, beans.classes());
        }
    }

    /** Now the deployment cannot fail any more: of one that fails, nobody would say that it is gone. */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object event, BeanManager beanManager) {
        if (guard.isPresent()) {
            try {
                openWays(beanManager);
            } catch (RuntimeException | LinkageError e) {
                // No application depends on being told of.
                LOG.log(Level.WARNING, Messages.notTold(e));
            }
        }
        if (examined) {
            visit().begin(report.deployment());
        }
    }

    private void openWays(BeanManager beanManager) {
        Instance<Object> all = beanManager.createInstance();
        Optional<Consumer<GuardEvent>> observers = observed
                ? Optional.of(
                        told -> beanManager.getEvent().select(GuardEvent.class).fire(told))
                : Optional.empty();
        // On GlassFish and Payara the extension's own manager does not see the library's beans.
        bean(GuardService.class, beanManager)
                .orElseGet(() -> all.select(GuardService.class).get())
                .open(all, observers);
    }

    /** Nobody reads any more what the doctor would find, and his class loader is going to be taken from him. */
    void undeploying(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        visit.ifPresent(DoctorVisit::close);
    }

    /** At the latest. */
    void ended(@Observes BeforeShutdown event) {
        visit.ifPresent(DoctorVisit::close);
        JdkMemory.forgetRecords();
    }

    DoctorVisit visit() {
        return visit.orElseThrow();
    }

    /** A guard for the deployment, if it wants one; to be closed by who calls. */
    Optional<DeploymentGuard> guard() {
        return guard.map(Supplier::get);
    }

    /**
     * A bean wherever it is, if it is the only one of its type: from the archive of the server's own library, beans are not seen
     * that the server brings to an application.
     */
    <T> Optional<T> bean(Class<T> type, BeanManager manager) {
        return beans.only(type)
                .map(bean -> type.cast(manager.getReference(bean, type, manager.createCreationalContext(bean))));
    }

    /** The settings of the deployment itself. */
    Configuration configuration() {
        return configurations.ofDeployment();
    }

    /** Where it is asked for. */
    Optional<GuardHealth> health() {
        return health;
    }

    DeploymentReport report() {
        return report;
    }
}
