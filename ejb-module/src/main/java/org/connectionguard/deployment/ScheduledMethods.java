/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;

/** Finds the methods of CDI beans that Jakarta Concurrency runs by a schedule. Stateless. */
public final class ScheduledMethods {
    private ScheduledMethods() {}

    /** Those of a class; none where it is an EJB, whose methods Jakarta Concurrency does not run (3.1, 3.2: Schedule). */
    public static List<TimerMethod> of(AnnotatedType<?> type) {
        Class<?> bean = type.getJavaClass();
        if (bean.isInterface() || Modifier.isAbstract(bean.getModifiers()) || EnterpriseBeans.is(type)) {
            return List.of();
        }
        return type.getMethods().stream().flatMap(method -> find(bean, method)).toList();
    }

    private static Stream<TimerMethod> find(Class<?> bean, AnnotatedMethod<?> method) {
        Optional<ConcurrencySchedule> schedule = ConcurrencySchedule.of(method);
        return schedule
                .filter(found -> !Timers.isOverridden(bean, method.getJavaMember()))
                .map(found -> new TimerMethod(
                        bean,
                        bean.getSimpleName(),
                        method.getJavaMember(),
                        EjbJar.NONE,
                        found.text(),
                        found.asynchronous() ? RunBy.ASYNCHRONOUS : RunBy.SCHEDULE))
                .stream();
    }
}
