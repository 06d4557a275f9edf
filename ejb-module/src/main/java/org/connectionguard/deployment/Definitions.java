/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.ValidConnections;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.discovery.Plans;
import org.connectionguard.message.Messages;

/**
 * Whether {@code @ValidConnections} can work where it stands. Immutable.
 *
 * @param beans classes of which the container makes beans
 */
public record Definitions(Plans plans, Protections protections, Set<Class<?>> beans) {
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
        for (AnnotatedMethod<? super T> method : type.getMethods()) {
            Method javaMethod = method.getJavaMember();
            boolean timeout = EnterpriseBeans.isTimeout(method);
            boolean scheduled =
                    ConcurrencySchedule.of(method).isPresent() && !Modifier.isPrivate(javaMethod.getModifiers());
            checkBoundOnce(javaMethod, javaClass.getName() + "." + javaMethod.getName());
            if (method.isAnnotationPresent(ValidConnections.class)) {
                if (!timeout) {
                    checkInterceptable(javaClass, javaMethod);
                }
                plans.check(javaClass, javaMethod);
            } else if (wholeClass && (timeout || scheduled || isBusiness(javaMethod))) {
                plans.check(javaClass, javaMethod);
            }
        }
    }

    /**
     * Checks a method that timers call.
     *
     * @throws GuardDefinitionException when the way in which the guard is bound to it cannot work there
     */
    public void check(TimerMethod timer) {
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
