/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.connectionguard.deployment.Protections;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.server.TimerOwner;
import org.connectionguard.statistics.JobNames;

/** Whose timer calls a method? The server's interceptor knows the method only, which several beans may inherit. For any thread. */
final class TimerBeans {
    /** The name of the only bean that calls a method. */
    private static final String WHOEVER = "";

    private final List<TimerMethod> timers;
    private final Protections protections;
    private final Discovery discovery;
    private final Map<Method, List<TimerMethod>> callers = new ConcurrentHashMap<>();
    private final Map<Method, Map<String, Class<?>>> guarded = new ConcurrentHashMap<>();

    TimerBeans(List<TimerMethod> timers, Protections protections, Discovery discovery) {
        this.timers = List.copyOf(timers);
        this.protections = protections;
        this.discovery = discovery;
    }

    /**
     * The bean whose timer calls the method, before anything of the call's bean is known.
     *
     * @param timer tells, where several beans inherit the method
     * @return empty where the timer is not guarded, or does not tell
     */
    Optional<Class<?>> guarded(Method method, Object timer) {
        Map<String, Class<?>> beans = guarded.computeIfAbsent(method, this::find);
        return Optional.<Class<?>>ofNullable(beans.get(WHOEVER))
                .or(() -> beans.entrySet().stream()
                        .filter(bean -> TimerOwner.is(bean.getKey(), timer))
                        .<Class<?>>map(Map.Entry::getValue)
                        .findFirst());
    }

    /** All of them, by what their jobs are called. */
    Map<String, TimerMethod> byName(JobNames names) {
        return timers.stream()
                .collect(Collectors.toMap(
                        timer -> names.of(timer.bean(), timer.method()), timer -> timer, (one, other) -> one));
    }

    /** Whether its name tells which method a timer calls: not where the bean has two of that name. */
    boolean isKnownByName(TimerMethod timer) {
        return timers.stream()
                .filter(each -> each.bean() == timer.bean())
                .map(TimerMethod::method)
                .filter(method -> method.getName().equals(timer.method().getName()))
                .allMatch(timer.method()::equals);
    }

    /** Whether the calls of all of them are seen, guarded or not. */
    boolean areAllSeen() {
        return protections.serverWide();
    }

    /** The bean whose timer calls the method, guarded or not, as far as that can be told; else the class that declares it. */
    Class<?> caller(Method method, Object timer) {
        List<TimerMethod> callers = callers(method);
        return callers.stream()
                .filter(each -> callers.size() == 1 || TimerOwner.is(each.ejbName(), timer))
                .<Class<?>>map(TimerMethod::bean)
                .findFirst()
                .orElse(method.getDeclaringClass());
    }

    /** The class of a bean of which an instance is called: it may be the container's subclass. */
    Class<?> known(Class<?> instance, Method method) {
        return callers(method).stream()
                .<Class<?>>map(TimerMethod::bean)
                .filter(bean -> bean.isAssignableFrom(instance))
                .findFirst()
                .orElse(instance);
    }

    private List<TimerMethod> callers(Method method) {
        return callers.computeIfAbsent(
                method,
                called -> timers.stream()
                        .filter(timer -> timer.method().equals(called))
                        .toList());
    }

    /** Whether the report speaks of a method: not of one that CDI does not show. */
    boolean isReported(Method method) {
        return !callers(method).isEmpty();
    }

    /** By their names; by {@link #WHOEVER} where there is no other. */
    private Map<String, Class<?>> find(Method method) {
        List<TimerMethod> callers = callers(method);
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
}
