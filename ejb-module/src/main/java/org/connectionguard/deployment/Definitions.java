/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.OnUnavailable;
import org.connectionguard.ValidConnections;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.discovery.Plans;
import org.connectionguard.message.Messages;

/**
 * Whether {@code @ValidConnections} can work where it stands. Immutable.
 *
 * @param beans classes of which the container makes beans
 * @param timers the methods that timers call
 * @param callable whether there is a way on this server to have a timer's method called once more
 */
public record Definitions(
        Plans plans,
        Protections protections,
        Set<Class<?>> beans,
        List<TimerMethod> timers,
        Predicate<TimerMethod> callable) {
    /**
     * Checks a class that carries the annotation, on itself or on a method.
     *
     * @throws GuardDefinitionException when it cannot work there
     */
    public <T> void check(AnnotatedType<T> type) {
        Class<T> javaClass = type.getJavaClass();
        if (javaClass.isInterface() || Modifier.isAbstract(javaClass.getModifiers())) {
            return;
        }
        if (beans.stream().noneMatch(javaClass::isAssignableFrom)) {
            throw new GuardDefinitionException(Messages.notABean(javaClass.getName()));
        }
        checkBoundOnce(javaClass, javaClass.getName());
        boolean wholeClass = type.isAnnotationPresent(ValidConnections.class);
        if (wholeClass && isLater(type.getAnnotation(ValidConnections.class)) && !hasTimers(javaClass)) {
            throw new GuardDefinitionException(Messages.laterWantsTimer(javaClass.getName()));
        }
        for (AnnotatedMethod<? super T> method : type.getMethods()) {
            Method javaMethod = method.getJavaMember();
            boolean timeout = EnterpriseBeans.isTimeout(method);
            boolean scheduled =
                    ConcurrencySchedule.of(method).isPresent() && !Modifier.isPrivate(javaMethod.getModifiers());
            checkBoundOnce(javaMethod, javaClass.getName() + "." + javaMethod.getName());
            if (method.isAnnotationPresent(ValidConnections.class)) {
                if (!timeout && !isTimer(javaClass, javaMethod)) {
                    checkInterceptable(javaClass, javaMethod);
                }
                if (isLater(method.getAnnotation(ValidConnections.class)) && !isTimer(javaClass, javaMethod)) {
                    throw new GuardDefinitionException(
                            Messages.laterWantsTimer(javaClass.getName() + "." + javaMethod.getName()));
                }
                plans.check(javaClass, javaMethod);
            } else if (wholeClass && (timeout || scheduled || isBusiness(javaMethod))) {
                plans.check(javaClass, javaMethod);
            }
        }
    }

    private static boolean isLater(ValidConnections annotation) {
        return annotation.onUnavailable() == OnUnavailable.LATER;
    }

    private boolean hasTimers(Class<?> type) {
        return timers.stream().anyMatch(timer -> timer.bean() == type && timer.runBy() == RunBy.TIMER_SERVICE);
    }

    private boolean isTimer(Class<?> type, Method method) {
        return timers.stream()
                .anyMatch(timer ->
                        timer.bean() == type && timer.method().equals(method) && timer.runBy() == RunBy.TIMER_SERVICE);
    }

    /**
     * Checks a method that timers call.
     *
     * @param policy what becomes of it without a database, where it is guarded
     * @throws GuardDefinitionException when the way in which the guard is bound to it cannot work there
     */
    public void check(TimerMethod timer, OnUnavailable policy) {
        if (policy == OnUnavailable.LATER && timer.runBy() == RunBy.TIMER_SERVICE && !callable.test(timer)) {
            throw new GuardDefinitionException(Messages.laterNotHere(timer.place()));
        }
        if (timer.runBy() == RunBy.ASYNCHRONOUS
                && (protections.names(timer.bean()) || protections.names(timer.method()))) {
            throw new GuardDefinitionException(Messages.boundOutsideOfSchedule(timer.place()));
        }
    }

    private void checkBoundOnce(AnnotatedElement element, String place) {
        if (element.isAnnotationPresent(ValidConnections.class) && protections.names(element)) {
            throw new GuardDefinitionException(Messages.boundTwice(place));
        }
    }

    private static void checkInterceptable(Class<?> type, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)) {
            throw new GuardDefinitionException(Messages.notInterceptable(
                    type.getName() + "." + method.getName(), Modifier.isStatic(modifiers) ? "static" : "private"));
        }
    }

    private static boolean isBusiness(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass() != Object.class;
    }
}
