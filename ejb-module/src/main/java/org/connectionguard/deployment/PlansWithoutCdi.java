/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
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

    /** A plan refers to nothing of its deployment but data sources, which are the server's. */
    private final Map<Method, Plan> plans = Collections.synchronizedMap(new WeakHashMap<>());

    /** The plan of a timer's method; a gap where nothing is to be guarded, or it cannot be found out what. */
    public Plan plan(Method method) {
        return plans.computeIfAbsent(method, PlansWithoutCdi::make);
    }

    private static Plan make(Method method) {
        Class<?> bean = method.getDeclaringClass();
        try {
            Configuration configuration = Configuration.of(SettingSource.of(bean.getClassLoader()));
            Protections protections = new Protections(loader -> configuration, Set.of(), true);
            Discovery discovery = new Discovery(loader -> configuration, Optional.empty());
            return protections.coversAllTimersOf(bean)
                    ? new Plans(loader -> configuration, () -> configuration, discovery).plan(bean, method)
                    : gap(Messages.excluded());
        } catch (GuardDefinitionException e) {
            // No deployment could be refused for it, and a timer that ran without us runs on.
            LOG.log(Level.WARNING, Messages.unguarded(bean.getName() + "." + method.getName(), e.getMessage()));
            return gap(e.getMessage());
        }
    }

    private static Plan gap(String why) {
        return new Plan(List.of(), OnUnavailable.FAIL, Duration.ZERO, Optional.of(why));
    }
}
