/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the type variables of a class's superclasses stand for in that class. CDI refuses a bare type variable
 * (BeanManager.getBeans: IllegalArgumentException), though it lets applications inject {@code Instance<T>}. Immutable.
 */
record TypeArguments(Map<TypeVariable<?>, Type> values) {
    /** A type of which every argument is known, if only by its bound. */
    private record Known(Type getRawType, Type getOwnerType, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }
    }

    /** {@code ? extends bound}: so CDI takes beans of every argument below it. */
    private record Below(Class<?> bound) implements WildcardType {
        @Override
        public Type[] getUpperBounds() {
            return new Type[] {bound};
        }

        @Override
        public Type[] getLowerBounds() {
            return new Type[0];
        }
    }

    static TypeArguments of(Class<?> type) {
        Map<TypeVariable<?>, Type> values = new HashMap<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getGenericSuperclass() instanceof ParameterizedType generic) {
                TypeVariable<?>[] variables = each.getSuperclass().getTypeParameters();
                Type[] arguments = generic.getActualTypeArguments();
                for (int i = 0; i < variables.length; i++) {
                    values.put(variables[i], arguments[i]);
                }
            }
        }
        return new TypeArguments(Map.copyOf(values));
    }

    /** The type without variables and outer wildcards: what they stand for, else their bound. */
    Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return values.containsKey(variable)
                    ? resolve(values.get(variable))
                    : resolve(bounded(variable.getBounds()[0]));
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0]);
        }
        return type instanceof ParameterizedType generic ? withArguments(generic, this::argument) : type;
    }

    /** A bound may speak of its own variable, as in {@code T extends Comparable<T>}. */
    private Type bounded(Type bound) {
        return bound instanceof ParameterizedType generic
                ? withArguments(generic, argument -> new Below(erasure(argument)))
                : bound;
    }

    private Type argument(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return values.containsKey(variable) ? argument(values.get(variable)) : new Below(erasure(variable));
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getLowerBounds().length > 0 ? wildcard : new Below(erasure(wildcard));
        }
        return resolve(type);
    }

    private static Type withArguments(ParameterizedType generic, UnaryOperator<Type> arguments) {
        return new Known(
                generic.getRawType(),
                generic.getOwnerType(),
                Arrays.stream(generic.getActualTypeArguments()).map(arguments).toList());
    }

    /** The class of a type; of an array's type variables nothing is known. */
    Class<?> erasure(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType generic) {
            return erasure(generic.getRawType());
        }
        if (type instanceof TypeVariable<?> variable) {
            return erasure(values.getOrDefault(variable, variable.getBounds()[0]));
        }
        return type instanceof WildcardType wildcard ? erasure(wildcard.getUpperBounds()[0]) : Object.class;
    }
}
