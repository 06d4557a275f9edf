/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A class as CDI shows it: its own methods, those of its superclasses and the default methods of its interfaces, the
 * overridden included. Immutable.
 */
record ReflectedType<T>(Class<T> getJavaClass) implements AnnotatedType<T> {
    /** A method of it. */
    private record ReflectedMethod<T>(AnnotatedType<T> getDeclaringType, Method getJavaMember)
            implements AnnotatedMethod<T> {
        @Override
        public boolean isStatic() {
            return false;
        }

        @Override
        public List<AnnotatedParameter<T>> getParameters() {
            return List.of();
        }

        @Override
        public Type getBaseType() {
            return getJavaMember.getGenericReturnType();
        }

        @Override
        public Set<Type> getTypeClosure() {
            return Set.of(getBaseType());
        }

        @Override
        public <A extends Annotation> A getAnnotation(Class<A> type) {
            return getJavaMember.getAnnotation(type);
        }

        @Override
        public <A extends Annotation> Set<A> getAnnotations(Class<A> type) {
            return Set.of(getJavaMember.getAnnotationsByType(type));
        }

        @Override
        public Set<Annotation> getAnnotations() {
            return all(getJavaMember);
        }

        @Override
        public boolean isAnnotationPresent(Class<? extends Annotation> type) {
            return getJavaMember.isAnnotationPresent(type);
        }
    }

    private static Set<Annotation> all(AnnotatedElement element) {
        return Set.of(element.getAnnotations());
    }

    @Override
    public Set<AnnotatedConstructor<T>> getConstructors() {
        return Set.of();
    }

    @Override
    public Set<AnnotatedMethod<? super T>> getMethods() {
        Set<AnnotatedMethod<? super T>> methods = new HashSet<>();
        for (Class<?> type = getJavaClass; type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic())
                    .forEach(method -> methods.add(new ReflectedMethod<>(this, method)));
        }
        interfaces(getJavaClass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(Method::isDefault)
                .forEach(method -> methods.add(new ReflectedMethod<>(this, method)));
        return methods;
    }

    /** Of all its superclasses, and of what these extend. */
    private static Stream<Class<?>> interfaces(Class<?> type) {
        Stream<Class<?>> above = type.getSuperclass() == null ? Stream.of() : interfaces(type.getSuperclass());
        return Stream.concat(
                above,
                Arrays.stream(type.getInterfaces()).flatMap(each -> Stream.concat(Stream.of(each), interfaces(each))));
    }

    @Override
    public Set<AnnotatedField<? super T>> getFields() {
        return Set.of();
    }

    @Override
    public Type getBaseType() {
        return getJavaClass;
    }

    @Override
    public Set<Type> getTypeClosure() {
        return Set.of(getJavaClass);
    }

    @Override
    public <A extends Annotation> A getAnnotation(Class<A> type) {
        return getJavaClass.getAnnotation(type);
    }

    @Override
    public <A extends Annotation> Set<A> getAnnotations(Class<A> type) {
        return Set.of(getJavaClass.getAnnotationsByType(type));
    }

    @Override
    public Set<Annotation> getAnnotations() {
        return all(getJavaClass);
    }

    @Override
    public boolean isAnnotationPresent(Class<? extends Annotation> type) {
        return getJavaClass.isAnnotationPresent(type);
    }
}
