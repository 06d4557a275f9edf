/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The enabled beans of all archives of a deployment, as the container has told of them. An extension's own BeanManager knows
 * only what its own archive sees, which in an EAR is neither the WARs nor the EJB jars: so it is a class that asks, and it
 * sees what its class loader sees. For any thread.
 */
public final class Beans {
    /**
     * What CDI does not tell of a bean itself.
     *
     * @param producer the field or method that makes it: else only the class is known that declares it, which may declare many
     * @param ejbName of a session bean
     */
    private record Origin(Optional<Member> producer, Optional<String> ejbName) {}

    /** Of a job's data sources the first one decides what becomes of it: always the same. */
    private static final Comparator<Bean<?>> BY_NAME =
            Comparator.comparing(bean -> bean.getBeanClass().getName());

    private final Map<Bean<?>, Origin> beans = new ConcurrentHashMap<>();

    /** None known. */
    public Beans() {}

    /** As the container found it. */
    public void add(ProcessBean<?> event) {
        Optional<String> ejbName =
                event instanceof ProcessSessionBean<?> session ? Optional.of(session.getEjbName()) : Optional.empty();
        add(event.getBean(), producer(event), ejbName);
    }

    void add(Bean<?> bean, Optional<Member> producer, Optional<String> ejbName) {
        beans.put(bean, new Origin(producer, ejbName));
    }

    private static Optional<Member> producer(ProcessBean<?> event) {
        if (event instanceof ProcessProducerField<?, ?> field) {
            return Optional.of(field.getAnnotatedProducerField().getJavaMember());
        }
        return event instanceof ProcessProducerMethod<?, ?> method
                ? Optional.of(method.getAnnotatedProducerMethod().getJavaMember())
                : Optional.empty();
    }

    /** The classes that they are of, or that declare them. */
    public Stream<Class<?>> classes() {
        return beans.keySet().stream().map(Bean::getBeanClass);
    }

    /** The field or method that makes the bean, if it is a producer's. */
    Optional<Member> producer(Bean<?> bean) {
        return Optional.ofNullable(beans.get(bean)).flatMap(Origin::producer);
    }

    /**
     * The beans that may be injected into a class.
     *
     * @param wanted without type variables
     * @param qualifiers none: the default one
     * @param manager compares qualifiers
     */
    List<Bean<?>> injectable(Class<?> into, Type wanted, List<Annotation> qualifiers, BeanManager manager) {
        List<Annotation> demanded = qualifiers.isEmpty() ? List.of(Default.Literal.INSTANCE) : qualifiers;
        return beans.keySet().stream()
                .filter(bean -> bean.getTypes().stream().anyMatch(type -> BeanTypes.mayBe(type, wanted)))
                .filter(bean -> demanded.stream().allMatch(qualifier -> has(bean, qualifier, manager)))
                .filter(bean -> sees(into, bean.getBeanClass()))
                .sorted(BY_NAME)
                .toList();
    }

    /** The session bean of a class and a name. */
    public Optional<Bean<?>> session(Class<?> type, String ejbName) {
        return beans.keySet().stream()
                .filter(bean -> bean.getBeanClass() == type)
                .filter(bean ->
                        beans.get(bean).ejbName().filter(ejbName::equals).isPresent())
                .findFirst();
    }

    /** The bean of a type, with the default qualifier, in whatever archive it is; empty where there are several. */
    public Optional<Bean<?>> only(Class<?> type) {
        List<Bean<?>> found = beans.keySet().stream()
                .filter(bean -> bean.getTypes().contains(type))
                .filter(bean -> bean.getQualifiers().contains(Default.Literal.INSTANCE))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * The classes of the session beans that a class may get by {@code @EJB}; the view itself where none is known, but not an
     * interface.
     *
     * @param view an interface of the bean, which CDI does not take for one of its types if it is a remote one, or its class
     * @param name of the bean, if it is said
     */
    List<Class<?>> callable(Class<?> from, Class<?> view, Optional<String> name) {
        List<Bean<?>> sessions = beans.keySet().stream()
                .filter(bean -> beans.get(bean).ejbName().isPresent())
                .filter(bean -> hasView(bean.getBeanClass(), view))
                .filter(bean -> sees(from, bean.getBeanClass()))
                .sorted(BY_NAME)
                .toList();
        List<Bean<?>> named = sessions.stream()
                .filter(bean -> beans.get(bean).ejbName().equals(name))
                .toList();
        List<Bean<?>> meant = named.isEmpty() ? sessions : named;
        return meant.isEmpty() && !view.isInterface()
                ? List.of(view)
                : meant.stream().<Class<?>>map(Bean::getBeanClass).toList();
    }

    private static boolean hasView(Class<?> bean, Class<?> view) {
        return view.isInterface() ? view.isAssignableFrom(bean) : view == bean;
    }

    private static boolean has(Bean<?> bean, Annotation qualifier, BeanManager manager) {
        return qualifier.annotationType() == Any.class
                || bean.getQualifiers().stream()
                        .anyMatch(own -> own.annotationType() == qualifier.annotationType()
                                && manager.areQualifiersEquivalent(own, qualifier));
    }

    /** Whether the one's class loader leads to the other. */
    private static boolean sees(Class<?> one, Class<?> other) {
        try {
            return Class.forName(other.getName(), false, one.getClassLoader()) == other;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
