/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import jakarta.annotation.Resource;
import jakarta.annotation.Resources;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBs;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceContexts;
import jakarta.persistence.PersistenceUnit;
import jakarta.persistence.PersistenceUnits;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.descriptor.EjbJar;
import org.connectionguard.descriptor.EjbJars;
import org.connectionguard.descriptor.Expressions;
import org.connectionguard.descriptor.ResourceMappings;
import org.connectionguard.descriptor.UnitCatalog;
import org.connectionguard.discovery.Collaborators.Place;
import org.connectionguard.message.Messages;

/**
 * Reads off a class which data sources it uses: its own and its superclasses' {@code @PersistenceContext},
 * {@code @PersistenceUnit} and {@code @Resource DataSource} on type, field and setter; and those of the beans that it injects
 * with {@code @Inject} or {@code @EJB}, and of the producers behind {@code @Inject EntityManager}: of a producer only what it
 * hands out. What cannot be read or followed is a gap and no more: an application may refer to classes that are not there. For
 * one search, on one thread.
 */
final class ResourceScanner {
    /** What makes the container set a field. */
    private static final Set<String> SETTING = Set.of(
            "jakarta.inject.Inject",
            "jakarta.ejb.EJB",
            "jakarta.annotation.Resource",
            "jakarta.persistence.PersistenceContext",
            "jakarta.persistence.PersistenceUnit");

    /** Timer → service → repository → the bean that produces the EntityManager. */
    static final int DEPTH = 3;

    private static final String ENVIRONMENT = "java:comp/env/";

    private final Collaborators beans;
    private final EjbJars descriptors;
    private final Function<Class<?>, UnitCatalog> units;
    private final Optional<String> defaultDataSource;
    private final Map<String, Source> found = new LinkedHashMap<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private final Set<Place> seen = new LinkedHashSet<>();

    /**
     * Nothing is read yet.
     *
     * @param descriptors those of the deployment's archives
     * @param units those that a class sees; read only where a unit is used
     * @param defaultDataSource of units that name none, if a setting says so
     */
    ResourceScanner(
            Collaborators beans,
            EjbJars descriptors,
            Function<Class<?>, UnitCatalog> units,
            Optional<String> defaultDataSource) {
        this.defaultDataSource = defaultDataSource;
        this.beans = beans;
        this.descriptors = descriptors;
        this.units = units;
    }

    /** In the order in which they were met: the bean's own, then those of what it injects, and so on. */
    Sources scan(Class<?> type) {
        Set<Place> level = Set.of(new Place(type));
        for (int depth = 0; depth <= DEPTH; depth++) {
            Set<Place> next = new LinkedHashSet<>();
            for (Place each : level) {
                if (seen.add(each) && isApplications(each.type())) {
                    scan(each, next::add);
                }
            }
            level = next;
        }
        return new Sources(List.copyOf(found.values()), List.copyOf(gaps));
    }

    /** Whatever comes of one step, the others are made. */
    private void attempt(Class<?> type, String member, Runnable step) {
        try {
            step.run();
        } catch (GuardDefinitionException e) {
            gaps.add(e.getMessage());
        } catch (RuntimeException | Error e) {
            // Classes that are missing show themselves by all kinds of these.
            gaps.add(Messages.notFollowed(member.isEmpty() ? type.getName() : type.getName() + "." + member, e));
        }
    }

    private void found(String name, Optional<String> instead, String annotation, Class<?> type) {
        String how = annotation + " of " + type.getSimpleName();
        found.putIfAbsent(name, new Source(name, instead, how, false));
    }

    /** Jakarta Persistence, 8.2.1.5: a unit without data source has the container's default. */
    private void unit(String name, String annotation, Class<?> type) {
        found(
                units.apply(type)
                        .dataSource(name, type)
                        .or(() -> defaultDataSource)
                        .orElse(Discovery.PLATFORM_DEFAULT),
                Optional.empty(),
                annotation,
                type);
    }

    private static boolean isApplications(Class<?> type) {
        return !type.getName().startsWith("java.") && !type.getName().startsWith("jakarta.");
    }

    private void scan(Place place, Consumer<Place> collaborators) {
        Class<?> type = place.type();
        if (place.producer().isEmpty()) {
            scan(type, collaborators);
        } else {
            Member producer = place.producer().get();
            attempt(type, producer.getName(), () -> {
                if (producer instanceof Field field && isSet(field)) {
                    scan(type, field, collaborators);
                } else if (!(producer instanceof Method method && isUnderstood(type, method, collaborators))) {
                    scan(type, collaborators);
                }
            });
        }
    }

    /**
     * Looks at what a producer method can hand out: its parameters, and the fields that its code reads, if the container sets
     * them.
     *
     * @return false where it gives no hint, or where a field may come from anywhere in the class: a constructor, a setter
     */
    private boolean isUnderstood(Class<?> type, Method producer, Consumer<Place> collaborators) {
        Optional<Set<Field>> used = FieldUse.of(producer);
        if (used.isEmpty()
                || used.get().stream().anyMatch(ResourceScanner::isSetSomewhere)
                || producer.getParameterCount() == 0 && used.get().stream().noneMatch(ResourceScanner::isSet)) {
            return false;
        }
        for (Parameter parameter : producer.getParameters()) {
            beans.injected(type, parameter.getParameterizedType(), parameter).forEach(collaborators);
        }
        used.get().forEach(field -> scan(type, field, collaborators));
        return true;
    }

    /** Whether the container sets the field. */
    private static boolean isSet(Field field) {
        return Arrays.stream(field.getAnnotations())
                .anyMatch(annotation ->
                        SETTING.contains(annotation.annotationType().getName()));
    }

    /** Whether something else may have put into the field what leads to a data source. */
    private static boolean isSetSomewhere(Field field) {
        return !isSet(field)
                && !Modifier.isStatic(field.getModifiers())
                && !field.getType().isPrimitive()
                && !field.getType().getName().startsWith("java.lang.");
    }

    private void scan(Class<?> type, Consumer<Place> collaborators) {
        attempt(type, "", () -> scanDescriptor(type));
        for (Class<?> each = type; each != null && isApplications(each); each = each.getSuperclass()) {
            Class<?> declaring = each;
            attempt(declaring, "", () -> scanType(declaring, collaborators));
            attempt(declaring, "", () -> {
                for (Field field : declaring.getDeclaredFields()) {
                    attempt(declaring, field.getName(), () -> scan(type, field, collaborators));
                }
            });
            attempt(declaring, "", () -> {
                for (Method method : declaring.getDeclaredMethods()) {
                    attempt(declaring, method.getName(), () -> scan(type, method, collaborators));
                }
            });
            attempt(declaring, "", () -> {
                for (Constructor<?> constructor : declaring.getDeclaredConstructors()) {
                    attempt(declaring, "", () -> parameters(type, constructor, collaborators));
                }
            });
        }
    }

    private void scan(Class<?> type, Field field, Consumer<Place> collaborators) {
        scanMember(field.getDeclaringClass(), field, field.getName(), field.getType());
        injected(type, field, field::getGenericType, field, collaborators);
    }

    private void scan(Class<?> type, Method method, Consumer<Place> collaborators) {
        if (method.getParameterCount() == 1) {
            scanMember(method.getDeclaringClass(), method, property(method), method.getParameterTypes()[0]);
        }
        parameters(type, method, collaborators);
    }

    /** What the descriptor of its archive says of a session bean, which it may inject or look up. */
    private void scanDescriptor(Class<?> type) {
        EjbJar descriptor = descriptors.of(type);
        descriptor.unitsOf(type.getSimpleName(), type).forEach(unit -> unit(unit, "@PersistenceContext", type));
        for (String name : descriptor.dataSourcesOf(type.getSimpleName(), type)) {
            String full = ENVIRONMENT + name;
            found(full, ResourceMappings.target(type, full, Discovery.PLATFORM_DEFAULT), "@Resource", type);
        }
    }

    private void scanType(Class<?> type, Consumer<Place> collaborators) {
        if (Api.PERSISTENCE) {
            all(type, PersistenceContext.class, PersistenceContexts.class, PersistenceContexts::value)
                    .forEach(context -> unit(context.unitName(), "@PersistenceContext", type));
            all(type, PersistenceUnit.class, PersistenceUnits.class, PersistenceUnits::value)
                    .forEach(unit -> unit(unit.unitName(), "@PersistenceUnit", type));
        }
        if (Api.ENTERPRISE_BEANS) {
            all(type, EJB.class, EJBs.class, EJBs::value)
                    .forEach(ejb -> attempt(
                            type,
                            "",
                            () -> beans.called(type, ejb, ejb.beanInterface()).forEach(collaborators)));
        }
        all(type, Resource.class, Resources.class, Resources::value)
                .filter(resource -> resource.type() == DataSource.class)
                .forEach(resource -> resource(resource, type, resource.name()));
    }

    private void scanMember(Class<?> declaring, AnnotatedElement member, String property, Class<?> type) {
        if (Api.PERSISTENCE) {
            scanUnits(declaring, member);
        }
        Resource resource = member.getDeclaredAnnotation(Resource.class);
        if (resource != null && (type == DataSource.class || resource.type() == DataSource.class)) {
            resource(resource, declaring, property);
        }
    }

    private void scanUnits(Class<?> declaring, AnnotatedElement member) {
        PersistenceContext context = member.getDeclaredAnnotation(PersistenceContext.class);
        if (context != null) {
            unit(context.unitName(), "@PersistenceContext", declaring);
        }
        PersistenceUnit unit = member.getDeclaredAnnotation(PersistenceUnit.class);
        if (unit != null) {
            unit(unit.unitName(), "@PersistenceUnit", declaring);
        }
    }

    /**
     * As WildFly takes it (ResourceInjectionAnnotationParsingProcessor): what lookup says, else what mappedName says, else the
     * descriptor or the platform's default is bound to the resource's own name. Other components of an EJB jar do not see that
     * name.
     */
    private void resource(Resource resource, Class<?> declaring, String property) {
        String lookup = Expressions.replaced(resource.lookup());
        String mapped = Expressions.replaced(resource.mappedName());
        String name = name(resource, declaring, property);
        if (!lookup.isEmpty()) {
            found(lookup, Optional.empty(), "@Resource", declaring);
        } else if (!mapped.isEmpty()) {
            // To other servers it may be something else.
            found(mapped, Optional.of(name), "@Resource", declaring);
        } else {
            found(name, ResourceMappings.target(declaring, name, Discovery.PLATFORM_DEFAULT), "@Resource", declaring);
        }
    }

    /** Jakarta EE platform, EE.5.2.5: without a name the name is the class's, a slash, and the property's. */
    private static String name(Resource resource, Class<?> declaring, String property) {
        String name = resource.name().isEmpty() ? declaring.getName() + "/" + property : resource.name();
        return name.startsWith("java:") ? name : ENVIRONMENT + name;
    }

    private static String property(Method setter) {
        String name = setter.getName();
        return name.startsWith("set") && name.length() > 3
                ? Character.toLowerCase(name.charAt(3)) + name.substring(4)
                : name;
    }

    private void parameters(Class<?> type, Executable injectable, Consumer<Place> collaborators) {
        for (Parameter parameter : injectable.getParameters()) {
            injected(type, injectable, parameter::getParameterizedType, parameter, collaborators);
        }
    }

    /**
     * @param type the bean's class, which may say what a type variable stands for
     * @param annotated what carries {@code @Inject} or {@code @EJB}
     * @param injected read only where something is injected
     * @param qualified what carries the qualifiers
     */
    private void injected(
            Class<?> type,
            AnnotatedElement annotated,
            Supplier<Type> injected,
            AnnotatedElement qualified,
            Consumer<Place> collaborators) {
        if (annotated.isAnnotationPresent(Inject.class)) {
            beans.injected(type, injected.get(), qualified).forEach(collaborators);
        } else if (Api.ENTERPRISE_BEANS && annotated.isAnnotationPresent(EJB.class)) {
            beans.called(type, annotated.getAnnotation(EJB.class), injected.get())
                    .forEach(collaborators);
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
