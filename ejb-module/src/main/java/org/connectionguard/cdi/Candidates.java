/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.ValidConnections;
import org.connectionguard.deployment.EnterpriseBeans;
import org.connectionguard.deployment.Protections;
import org.connectionguard.deployment.ScheduledMethods;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.deployment.Timers;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.message.Messages;

/**
 * What of an application concerns the guard, collected while the container discovers beans; and binds the guard to timers
 * where a setting says so. For the deployment's thread.
 */
final class Candidates {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private final Protections protections;
    private final Timers timerFinder;
    private final Set<AnnotatedType<?>> annotated = new LinkedHashSet<>();
    private final Set<Class<?>> beans = new HashSet<>();
    private final List<TimerMethod> timers = new ArrayList<>();

    Candidates(Protections protections, EjbJars descriptors) {
        this.protections = protections;
        this.timerFinder = new Timers(descriptors);
    }

    /**
     * Takes what concerns the guard of a class. One that refers to what is not there ends no deployment; and if no enterprise
     * bean, none is made of it, so that nothing runs it.
     *
     * @throws GuardDefinitionException when the class's descriptor or settings cannot be read
     */
    <T> void add(ProcessAnnotatedType<T> event) {
        AnnotatedType<T> type = event.getAnnotatedType();
        try {
            read(event, type);
        } catch (GuardDefinitionException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            if (EnterpriseBeans.is(type)) {
                LOG.log(Level.WARNING, Messages.notRead(type.getJavaClass().getName(), e));
            }
        }
    }

    private <T> void read(ProcessAnnotatedType<T> event, AnnotatedType<T> type) {
        if (GuardsCalls.class.isAssignableFrom(type.getJavaClass())) {
            return;
        }
        if (isAnnotated(type)) {
            annotated.add(type);
        }
        take(
                event,
                Stream.concat(timerFinder.of(type).stream(), ScheduledMethods.of(type).stream())
                        .toList());
    }

    private <T> void take(ProcessAnnotatedType<T> event, List<TimerMethod> found) {
        Set<Method> unbound = found.stream()
                .filter(protections::isOursToBind)
                .map(TimerMethod::method)
                .collect(Collectors.toSet());
        if (!unbound.isEmpty()) {
            bind(event, unbound);
        }
        timers.addAll(found);
    }

    /** A class of which the container makes a bean. */
    void addBean(Class<?> bean) {
        beans.add(bean);
    }

    private static <T> void bind(ProcessAnnotatedType<T> event, Set<Method> unbound) {
        event.configureAnnotatedType()
                .filterMethods(method ->
                        unbound.contains(method.getJavaMember()) && !method.isAnnotationPresent(ValidConnections.class))
                .forEach(method -> method.add(Unsaid.INSTANCE));
    }

    private static boolean isAnnotated(AnnotatedType<?> type) {
        return type.isAnnotationPresent(ValidConnections.class)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotationPresent(ValidConnections.class));
    }

    /** The classes that carry the annotation, on themselves or on a method, as they were written. */
    Set<AnnotatedType<?>> annotated() {
        return annotated;
    }

    Set<Class<?>> beans() {
        return beans;
    }

    /** Of the classes with methods that Jakarta Concurrency would run, only beans count. */
    List<TimerMethod> timers() {
        return timers.stream()
                .filter(timer -> timer.runBy() == RunBy.TIMER_SERVICE || beans.contains(timer.bean()))
                .toList();
    }

    /** What is known only to check the definitions is not kept. */
    void forgetDefinitions() {
        annotated.clear();
        beans.clear();
    }
}
