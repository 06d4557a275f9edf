/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.discovery.Beans;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.discovery.Plan;
import org.connectionguard.discovery.Plans;
import org.connectionguard.message.Messages;

/**
 * The plans of timers in deployments without CDI, such as an EJB jar whose beans are all declared in its descriptor: there
 * is no extension, and a bean is known by its method only. For any thread; holds no deployment back from its end.
 */
public final class PlansWithoutCdi {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    /** With the class they end, whatever they refer to. */
    private final ClassValue<Function<Method, Plan>> plans = new ClassValue<>() {
        @Override
        protected Function<Method, Plan> computeValue(Class<?> bean) {
            return make(bean);
        }
    };

    /** The plan of a timer's method; a gap where nothing is to be guarded, or it cannot be found out what. */
    public Plan plan(Method method) {
        return plans.get(method.getDeclaringClass()).apply(method);
    }

    private static Function<Method, Plan> make(Class<?> bean) {
        try {
            Configuration configuration = Configuration.of(SettingSource.of(bean.getClassLoader()));
            Protections protections = new Protections(loader -> configuration, Set.of(), true);
            if (!protections.coversAllTimersOf(bean)) {
                return method -> gap(Messages.excluded());
            }
            Discovery discovery = new Discovery(loader -> configuration, Optional.empty(), new Beans(), new EjbJars());
            Plans plans = new Plans(loader -> configuration, () -> configuration, discovery);
            UnreportedTimers unreported = new UnreportedTimers();
            return method -> {
                Plan plan = plan(plans, bean, method);
                plan.gap().filter(Messages.noDataSourceFound()::equals).ifPresent(nothing -> unreported.tell(method));
                return plan;
            };
        } catch (GuardDefinitionException e) {
            // No deployment could be refused for it, and a timer that ran without us runs on.
            LOG.log(Level.WARNING, Messages.unguarded(bean.getName(), e.getMessage()));
            return method -> gap(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // Of the settings' sources, which are the application's.
            String why = Messages.notFollowed(bean.getName(), e);
            LOG.log(Level.WARNING, Messages.unguarded(bean.getName(), why));
            return method -> gap(why);
        }
    }

    /** What the annotation demands and cannot have is told at each run: there was no deployment that could be refused. */
    private static Plan plan(Plans plans, Class<?> bean, Method method) {
        try {
            return plans.plan(bean, method);
        } catch (GuardDefinitionException e) {
            LOG.log(Level.WARNING, Messages.unguarded(bean.getName() + "." + method.getName(), e.getMessage()));
            return gap(e.getMessage());
        }
    }

    private static Plan gap(String why) {
        return new Plan(List.of(), OnUnavailable.FAIL, Duration.ZERO, Optional.of(why));
    }
}
