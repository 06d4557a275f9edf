/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.deployment.TimerMethod.RunBy;
import org.connectionguard.message.Messages;

/**
 * What keeps interceptors from a method that Jakarta Concurrency runs. An EJB's timeouts know no such thing: the EJB container
 * calls interceptors for private ones too, and demands of the class what they need. Stateless.
 */
final class Interception {
    private Interception() {}

    /** Why none is called, however it is bound. */
    static Optional<String> neverCalled(TimerMethod timer) {
        int modifiers = timer.method().getModifiers();
        if (timer.runBy() == RunBy.TIMER_SERVICE || !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers)) {
            return Optional.empty();
        }
        return Optional.of(Messages.noInterceptorCalled(Modifier.isStatic(modifiers) ? "static" : "private"));
    }

    /**
     * Why none is bound that the application does not ask for: a bean that has a bound interceptor must be proxyable (CDI 4.0,
     * 3.10), else the container may refuse the deployment, which it did not before.
     */
    static Optional<String> notForUsToBind(TimerMethod timer) {
        return neverCalled(timer)
                .or(() -> timer.runBy() == RunBy.TIMER_SERVICE ? Optional.empty() : unproxyable(timer.bean()));
    }

    private static Optional<String> unproxyable(Class<?> bean) {
        Optional<String> why = Modifier.isFinal(bean.getModifiers()) || bean.isSealed()
                ? Optional.of(Messages.finalClass())
                : methods(bean)
                        .filter(Interception::isFinal)
                        .findFirst()
                        .map(method -> Messages.finalMethod(method.getName()))
                        .or(() -> Arrays.stream(bean.getDeclaredConstructors()).anyMatch(Interception::isPlain)
                                ? Optional.empty()
                                : Optional.of(Messages.noPlainConstructor()));
        return why.map(reason -> Messages.notIntercepted(bean.getSimpleName(), reason));
    }

    private static Stream<Method> methods(Class<?> bean) {
        return Stream.<Class<?>>iterate(bean, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
    }

    private static boolean isFinal(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }

    private static boolean isPlain(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }
}
