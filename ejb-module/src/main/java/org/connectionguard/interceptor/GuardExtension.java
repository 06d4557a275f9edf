/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Timeout;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptors;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.ValidConnections;
import org.connectionguard.config.Configuration;
import org.connectionguard.config.SettingSource;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.message.Messages;

/**
 * Reads the settings and checks every guarded method while the application is deployed, so that what cannot work is a
 * deployment error. Called by the CDI container on one thread; what it found is immutable afterwards.
 */
public class GuardExtension implements Extension {
    private final Set<AnnotatedType<?>> annotated = new LinkedHashSet<>();
    private final Set<Class<?>> beans = new HashSet<>();
    private Configuration configuration;
    private Discovery discovery;
    private JtaTransaction.Server transactions;

    <T> void collectAnnotated(@Observes @WithAnnotations(ValidConnections.class) ProcessAnnotatedType<T> event) {
        if (!GuardingInterceptor.class.isAssignableFrom(event.getAnnotatedType().getJavaClass())) {
            annotated.add(event.getAnnotatedType());
        }
    }

    <T> void collectBeans(@Observes ProcessManagedBean<T> event) {
        beans.add(event.getBean().getBeanClass());
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        try {
            configuration = Configuration.of(SettingSource.ofServer());
            discovery = new Discovery(configuration, beanManager);
            transactions = JtaTransaction.Server.lookUp();
        } catch (GuardDefinitionException e) {
            event.addDeploymentProblem(e);
            return;
        }
        if (!configuration.common().enabled()) {
            return;
        }
        for (AnnotatedType<?> type : annotated) {
            try {
                check(type);
            } catch (GuardDefinitionException e) {
                event.addDeploymentProblem(e);
            }
        }
        annotated.clear();
        beans.clear();
    }

    private <T> void check(AnnotatedType<T> type) {
        Class<T> javaClass = type.getJavaClass();
        if (javaClass.isInterface() || Modifier.isAbstract(javaClass.getModifiers())) {
            return;
        }
        if (beans.stream().noneMatch(javaClass::isAssignableFrom)) {
            throw new GuardDefinitionException(Messages.notABean(javaClass.getName()));
        }
        checkBoundOnce(type, javaClass.getName());
        boolean wholeClass = type.isAnnotationPresent(ValidConnections.class);
        for (AnnotatedMethod<? super T> method : type.getMethods()) {
            boolean timeout = method.isAnnotationPresent(Schedule.class)
                    || method.isAnnotationPresent(Schedules.class)
                    || method.isAnnotationPresent(Timeout.class);
            checkBoundOnce(
                    method, javaClass.getName() + "." + method.getJavaMember().getName());
            if (method.isAnnotationPresent(ValidConnections.class)) {
                if (!timeout) {
                    checkInterceptable(javaClass, method.getJavaMember());
                }
                discovery.check(javaClass, method.getJavaMember());
            } else if (wholeClass && (timeout || isBusiness(method.getJavaMember()))) {
                discovery.check(javaClass, method.getJavaMember());
            }
        }
    }

    private static void checkBoundOnce(Annotated annotated, String place) {
        Interceptors named = annotated.getAnnotation(Interceptors.class);
        if (named != null
                && annotated.isAnnotationPresent(ValidConnections.class)
                && Arrays.stream(named.value()).anyMatch(GuardingInterceptor.class::isAssignableFrom)) {
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

    Configuration configuration() {
        return configuration;
    }

    Discovery discovery() {
        return discovery;
    }

    JtaTransaction.Server transactions() {
        return transactions;
    }
}
