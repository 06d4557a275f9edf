/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.TimedObject;
import jakarta.ejb.Timer;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.message.Expiration;

/**
 * Finds the timer methods of beans: those with {@code @Schedule}, {@code @Schedules} or {@code @Timeout}, that of a
 * {@link TimedObject}, and those that an ejb-jar.xml names; whatever their visibility. For one deployment, on its thread.
 */
public final class Timers {
    private final EjbJars descriptors;
    private final boolean enterpriseBeans = EnterpriseBeans.areThere();

    /** @param descriptors those of the deployment */
    public Timers(EjbJars descriptors) {
        this.descriptors = descriptors;
    }

    /** The timer methods of a class; none where it is no bean that can have timers. */
    public List<TimerMethod> of(AnnotatedType<?> type) {
        Class<?> bean = type.getJavaClass();
        if (bean.isInterface() || Modifier.isAbstract(bean.getModifiers()) || !enterpriseBeans) {
            return List.of();
        }
        EjbJar descriptor = descriptors.of(bean);
        String ejbName = ejbName(type);
        Set<String> declared = descriptor.timeoutMethods(ejbName, bean);
        if (declared.isEmpty() && !EnterpriseBeans.is(type) && !TimedObject.class.isAssignableFrom(bean)) {
            return List.of();
        }
        List<TimerMethod> found = new ArrayList<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            Method javaMethod = method.getJavaMember();
            boolean timeout = EnterpriseBeans.isTimeout(method)
                    || isTimedObjects(bean, javaMethod)
                    || declared.contains(javaMethod.getName()) && canBeTimeout(javaMethod);
            if (timeout && !isOverridden(bean, javaMethod)) {
                String schedule = schedule(method, descriptor.schedules(ejbName, bean, javaMethod.getName()));
                found.add(new TimerMethod(bean, ejbName, javaMethod, descriptor, schedule, RunBy.TIMER_SERVICE));
            }
        }
        return found;
    }

    /** Jakarta Enterprise Beans 4.0, core features, 4.9.2: the name in the annotation, else the class's simple name. */
    private static String ejbName(AnnotatedType<?> type) {
        return Stream.of(
                        Optional.ofNullable(type.getAnnotation(Stateless.class)).map(Stateless::name),
                        Optional.ofNullable(type.getAnnotation(Singleton.class)).map(Singleton::name),
                        Optional.ofNullable(type.getAnnotation(MessageDriven.class))
                                .map(MessageDriven::name))
                .flatMap(Optional::stream)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(type.getJavaClass().getSimpleName());
    }

    private static boolean isTimedObjects(Class<?> bean, Method method) {
        return TimedObject.class.isAssignableFrom(bean)
                && method.getName().equals("ejbTimeout")
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Timer.class});
    }

    /** CDI's container shows them too, and the default methods of interfaces. */
    static boolean isOverridden(Class<?> bean, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        if (declaring.isInterface()) {
            return overridesInterface(bean, method);
        }
        boolean found = false;
        for (Class<?> type = bean; type != declaring; type = type.getSuperclass()) {
            found |= Arrays.stream(type.getDeclaredMethods()).anyMatch(other -> isSame(other, method));
        }
        return found && !Modifier.isPrivate(method.getModifiers());
    }

    /** The class's own or inherited method comes first, then that of the interface that extends the other. */
    private static boolean overridesInterface(Class<?> bean, Method method) {
        return !Modifier.isPrivate(method.getModifiers())
                && Arrays.stream(bean.getMethods())
                        .filter(other -> isSame(other, method))
                        .map(Method::getDeclaringClass)
                        .anyMatch(other -> other != method.getDeclaringClass()
                                && (!other.isInterface()
                                        || method.getDeclaringClass().isAssignableFrom(other)));
    }

    private static boolean isSame(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }

    private static boolean canBeTimeout(Method method) {
        return method.getParameterCount() == 0
                || Arrays.equals(method.getParameterTypes(), new Class<?>[] {Timer.class});
    }

    private static String schedule(AnnotatedMethod<?> method, List<String> declared) {
        Schedule one = method.getAnnotation(Schedule.class);
        Schedules several = method.getAnnotation(Schedules.class);
        List<String> all = Stream.of(
                        Optional.ofNullable(one).stream().map(Timers::text),
                        Optional.ofNullable(several).stream()
                                .flatMap(schedules -> Arrays.stream(schedules.value()))
                                .map(Timers::text),
                        declared.stream())
                .flatMap(texts -> texts)
                .toList();
        return all.isEmpty() ? Expiration.PROGRAMMATIC : String.join(" | ", all);
    }

    private static String text(Schedule schedule) {
        Map<String, String> parts = Map.of(
                "second", schedule.second(),
                "minute", schedule.minute(),
                "hour", schedule.hour(),
                "dayOfMonth", schedule.dayOfMonth(),
                "month", schedule.month(),
                "dayOfWeek", schedule.dayOfWeek(),
                "year", schedule.year(),
                "timezone", schedule.timezone());
        return Expiration.of(parts, schedule.persistent());
    }
}
