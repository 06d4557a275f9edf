/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import jakarta.ejb.Timer;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.deployment.TimerMethod;
import org.connectionguard.discovery.Beans;
import org.connectionguard.server.BusinessCall;
import org.connectionguard.server.Invocation;

/** The ways by which clients of enterprise beans could call the methods that timers call. Immutable, for any thread. */
final class BusinessViews {
    private final Beans beans;
    private final BeanManager manager;

    BusinessViews(Beans beans, BeanManager manager) {
        this.beans = beans;
        this.manager = manager;
    }

    /** Empty where the method is part of no view that CDI knows; remote ones it does not. */
    Optional<BusinessCall> of(TimerMethod timer) {
        return beans.session(timer.bean(), timer.ejbName())
                .flatMap(bean -> view(bean, timer.method()).map(method -> timeout -> call(bean, method, timeout)));
    }

    /** The method as a view has it: the bean's own class, if that is one of its types, else an interface. */
    private static Optional<Method> view(Bean<?> bean, Method method) {
        if (!Modifier.isPublic(method.getModifiers())) {
            return Optional.empty();
        }
        return bean.getTypes().contains(bean.getBeanClass())
                ? Optional.of(method)
                : bean.getTypes().stream()
                        .filter(Class.class::isInstance)
                        .<Class<?>>map(type -> (Class<?>) type)
                        .filter(Class::isInterface)
                        .flatMap(type -> Stream.of(type.getMethods()))
                        .filter(each -> each.getName().equals(method.getName())
                                && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
                        .findFirst();
    }

    private void call(Bean<?> bean, Method method, Timer timer) throws Exception {
        CreationalContext<?> context = manager.createCreationalContext(bean);
        try {
            Class<?> view = method.getDeclaringClass().isInterface() ? method.getDeclaringClass() : bean.getBeanClass();
            Object reference = manager.getReference(bean, view, context);
            method.invoke(reference, arguments(method, timer).toArray());
        } catch (InvocationTargetException e) {
            throw Invocation.thrown(e);
        } finally {
            context.release();
        }
    }

    private static List<Timer> arguments(Method method, Timer timer) {
        return method.getParameterCount() == 0 ? List.of() : List.of(timer);
    }
}
