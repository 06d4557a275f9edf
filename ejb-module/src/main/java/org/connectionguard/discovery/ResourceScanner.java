/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.annotation.Resource;
import jakarta.annotation.Resources;
import jakarta.ejb.EJB;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceContexts;
import jakarta.persistence.PersistenceUnit;
import jakarta.persistence.PersistenceUnits;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.descriptor.UnitCatalog;

/**
 * Reads off a class which data sources it uses: its own and its superclasses' {@code @PersistenceContext},
 * {@code @PersistenceUnit} and {@code @Resource DataSource} on type, field and setter; and those of the beans that it injects
 * with {@code @Inject} or {@code @EJB}, and of the producers behind {@code @Inject EntityManager}. For one search, on one
 * thread.
 */
final class ResourceScanner {
    /** Timer → service → repository → the bean that produces the EntityManager. */
    static final int DEPTH = 3;

    private final Optional<BeanManager> beans;
    private final UnitCatalog units;
    private final Map<String, Source> found = new LinkedHashMap<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    /** @param beans empty where there is no CDI: then an injected class stands for itself */
    ResourceScanner(Optional<BeanManager> beans, UnitCatalog units) {
        this.beans = beans;
        this.units = units;
    }

    /** In the order in which they were met: the bean's own, then those of what it injects, and so on. */
    List<Source> scan(Class<?> type) {
        Set<Class<?>> level = Set.of(type);
        for (int depth = 0; depth <= DEPTH; depth++) {
            Set<Class<?>> next = new LinkedHashSet<>();
            for (Class<?> each : level) {
                if (seen.add(each) && isApplications(each)) {
                    scan(each, next::add);
                }
            }
            level = next;
        }
        return List.copyOf(found.values());
    }

    private void found(String name, Class<? extends Annotation> annotation, Class<?> type) {
        found.putIfAbsent(name, new Source(name, "@" + annotation.getSimpleName() + " of " + type.getSimpleName()));
    }

    private static boolean isApplications(Class<?> type) {
        return !type.getName().startsWith("java.") && !type.getName().startsWith("jakarta.");
    }

    private void scan(Class<?> type, Consumer<Class<?>> collaborators) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            scanType(declaring);
            for (Field field : declaring.getDeclaredFields()) {
                scanMember(declaring, field, field.getName(), field.getType());
                injected(field, field.getGenericType(), field, collaborators);
            }
            for (Method method : declaring.getDeclaredMethods()) {
                if (method.getParameterCount() == 1) {
                    scanMember(declaring, method, property(method), method.getParameterTypes()[0]);
                }
                parameters(method, method.getParameters(), collaborators);
            }
            for (Constructor<?> constructor : declaring.getDeclaredConstructors()) {
                parameters(constructor, constructor.getParameters(), collaborators);
            }
        }
    }

    private void scanType(Class<?> type) {
        all(type, PersistenceContext.class, PersistenceContexts.class, PersistenceContexts::value)
                .forEach(context -> found(units.dataSource(context.unitName(), type), PersistenceContext.class, type));
        all(type, PersistenceUnit.class, PersistenceUnits.class, PersistenceUnits::value)
                .forEach(unit -> found(units.dataSource(unit.unitName(), type), PersistenceUnit.class, type));
        all(type, Resource.class, Resources.class, Resources::value)
                .filter(resource -> resource.type() == DataSource.class)
                .forEach(resource -> found(name(resource, type, resource.name()), Resource.class, type));
    }

    private void scanMember(Class<?> declaring, AnnotatedElement member, String property, Class<?> type) {
        PersistenceContext context = member.getDeclaredAnnotation(PersistenceContext.class);
        if (context != null) {
            found(units.dataSource(context.unitName(), declaring), PersistenceContext.class, declaring);
        }
        PersistenceUnit unit = member.getDeclaredAnnotation(PersistenceUnit.class);
        if (unit != null) {
            found(units.dataSource(unit.unitName(), declaring), PersistenceUnit.class, declaring);
        }
        Resource resource = member.getDeclaredAnnotation(Resource.class);
        if (resource != null && (type == DataSource.class || resource.type() == DataSource.class)) {
            found(name(resource, declaring, property), Resource.class, declaring);
        }
    }

    /** Jakarta EE platform, EE.5.2.5: without lookup and name the name is the class's, a slash, and the property's. */
    private static String name(Resource resource, Class<?> declaring, String property) {
        if (!resource.lookup().isEmpty()) {
            return resource.lookup();
        }
        String name = resource.name().isEmpty() ? declaring.getName() + "/" + property : resource.name();
        return name.startsWith("java:") ? name : "java:comp/env/" + name;
    }

    private static String property(Method setter) {
        String name = setter.getName();
        return name.startsWith("set") && name.length() > 3
                ? Character.toLowerCase(name.charAt(3)) + name.substring(4)
                : name;
    }

    private void parameters(AnnotatedElement injectable, Parameter[] parameters, Consumer<Class<?>> collaborators) {
        for (Parameter parameter : parameters) {
            injected(injectable, parameter.getParameterizedType(), parameter, collaborators);
        }
    }

    /**
     * @param annotated what carries {@code @Inject} or {@code @EJB}
     * @param qualified what carries the qualifiers
     */
    private void injected(
            AnnotatedElement annotated, Type type, AnnotatedElement qualified, Consumer<Class<?>> collaborators) {
        Type wanted = type instanceof ParameterizedType generic
                        && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class)
                ? generic.getActualTypeArguments()[0]
                : type;
        if (annotated.isAnnotationPresent(Inject.class)) {
            Annotation[] qualifiers = Arrays.stream(qualified.getAnnotations())
                    .filter(annotation -> beans.filter(each -> each.isQualifier(annotation.annotationType()))
                            .isPresent())
                    .toArray(Annotation[]::new);
            resolve(wanted, qualifiers, collaborators);
        } else if (annotated.isAnnotationPresent(EJB.class)) {
            resolve(wanted, new Annotation[] {Any.Literal.INSTANCE}, collaborators);
        }
    }

    /** For a producer the bean class is the class that declares it, where its resource is declared too. */
    private void resolve(Type type, Annotation[] qualifiers, Consumer<Class<?>> collaborators) {
        if (beans.isPresent()) {
            for (Bean<?> bean : beans.get().getBeans(type, qualifiers)) {
                collaborators.accept(bean.getBeanClass());
            }
        } else if (type instanceof Class<?> injected) {
            collaborators.accept(injected);
        }
    }

    private static <A extends Annotation, C extends Annotation> Stream<A> all(
            Class<?> type, Class<A> one, Class<C> container, Function<C, A[]> content) {
        C several = type.getDeclaredAnnotation(container);
        A single = type.getDeclaredAnnotation(one);
        return Stream.concat(
                single == null ? Stream.empty() : Stream.of(single),
                several == null ? Stream.empty() : Arrays.stream(content.apply(several)));
    }
}
