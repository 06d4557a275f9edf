/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.ejb.EJB;
import jakarta.ejb.Remote;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.message.Messages;

/**
 * With which beans a bean works. For any thread.
 *
 * @param manager empty where there is no CDI: then an injected class stands for itself
 * @param beans of all archives of the deployment
 */
record Collaborators(Optional<BeanManager> manager, Beans beans) {
    /**
     * A class, or only what one of its members produces.
     *
     * @param type the bean's class
     */
    record Place(Class<?> type, Optional<Member> producer) {
        /** All of a class. */
        Place(Class<?> type) {
            this(type, Optional.empty());
        }
    }

    /**
     * Those that {@code @Inject} may give.
     *
     * @param type the bean's class, which may say what a type variable stands for
     * @param qualified what carries the qualifiers
     */
    List<Place> injected(Class<?> type, Type injected, AnnotatedElement qualified) {
        TypeArguments arguments = TypeArguments.of(type);
        Type resolved = arguments.resolve(wanted(injected));
        Class<?> erased = arguments.erasure(resolved);
        if (erased == Object.class) {
            // Every bean is one: what the job picks out of all of them nobody can tell.
            return List.of();
        }
        return manager.isPresent()
                ? beans.injectable(type, resolved, qualifiers(qualified, manager.get()), manager.get()).stream()
                        .map(bean -> new Place(bean.getBeanClass(), beans.producer(bean)))
                        .toList()
                : List.of(new Place(erased));
    }

    private static Type wanted(Type injected) {
        return injected instanceof ParameterizedType generic
                        && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class)
                ? generic.getActualTypeArguments()[0]
                : injected;
    }

    private static List<Annotation> qualifiers(AnnotatedElement qualified, BeanManager manager) {
        return Arrays.stream(qualified.getAnnotations())
                .filter(annotation -> manager.isQualifier(annotation.annotationType()))
                .toList();
    }

    /**
     * Those that {@code @EJB} may give.
     *
     * @param type the bean's class, which may say what a type variable stands for
     * @throws GuardDefinitionException when the deployment should have one, and CDI knows of none
     */
    List<Place> called(Class<?> type, EJB ejb, Type view) {
        TypeArguments arguments = TypeArguments.of(type);
        Class<?> erased = arguments.erasure(arguments.resolve(view));
        if (erased == Object.class) {
            return List.of();
        }
        List<Class<?>> called = beans.callable(type, erased, ejbName(ejb));
        if (called.isEmpty() && isOfHere(ejb, erased)) {
            throw new GuardDefinitionException(Messages.beanNotFound(type.getName(), erased.getName()));
        }
        return called.stream().map(Place::new).toList();
    }

    /** Another application's beans use its own data sources, in its own time. */
    private static boolean isOfHere(EJB ejb, Class<?> view) {
        return ejb.lookup().isEmpty() && ejb.mappedName().isEmpty() && !view.isAnnotationPresent(Remote.class);
    }

    /**
     * The name in {@code beans.jar#Name} (Jakarta Enterprise Beans 4.0, core features, 11.5.1), else that in the portable
     * {@code java:app/module/Name!view} (4.4.1).
     */
    private static Optional<String> ejbName(EJB ejb) {
        return Stream.of(ejb.beanName(), ejb.lookup().replaceFirst("!.*", "").replace('/', '#'))
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(name.lastIndexOf('#') + 1))
                .findFirst();
    }
}
