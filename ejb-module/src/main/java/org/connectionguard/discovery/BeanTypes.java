/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which bean a type means: Jakarta CDI 4.0, 2.4.2.1, except that where it is doubtful it says yes. Stateless. */
final class BeanTypes {
    private static final TypeArguments UNKNOWN = new TypeArguments(Map.of());

    private BeanTypes() {}

    /** Whether a bean of the one type may be injected where the other is wanted. */
    static boolean mayBe(Type bean, Type wanted) {
        if (!erasure(bean).equals(erasure(wanted))) {
            return false;
        }
        if (!(bean instanceof ParameterizedType has) || !(wanted instanceof ParameterizedType wants)) {
            return true;
        }
        Type[] arguments = has.getActualTypeArguments();
        Type[] expected = wants.getActualTypeArguments();
        return IntStream.range(0, Math.min(arguments.length, expected.length))
                .allMatch(i -> mayBeArgument(arguments[i], expected[i]));
    }

    private static boolean mayBeArgument(Type bean, Type wanted) {
        if (wanted instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds()).allMatch(bound -> related(bound, bean))
                    && Stream.of(wildcard.getLowerBounds()).allMatch(bound -> related(bean, bound));
        }
        return bean instanceof TypeVariable<?> ? related(bean, wanted) : mayBe(bean, wanted);
    }

    private static boolean related(Type above, Type below) {
        return erasure(above).isAssignableFrom(erasure(below)) || below instanceof TypeVariable<?>;
    }

    private static Class<?> erasure(Type type) {
        return UNKNOWN.erasure(type);
    }
}
