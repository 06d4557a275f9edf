/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TypeArgumentsTest {
    abstract static class Base<T extends Number, C extends Comparable<C>> {
        T one;
        List<T> several;
        Supplier<? extends T> below;
        C compared;
    }

    abstract static class Middle<N extends Integer> extends Base<N, String> {}

    static class Concrete extends Middle<Integer> {}

    @SuppressWarnings("rawtypes")
    static class Raw extends Base {}

    private static Type resolved(Class<?> type, String field) throws NoSuchFieldException {
        return TypeArguments.of(type).resolve(Base.class.getDeclaredField(field).getGenericType());
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    private static Type bound(Type wildcard) {
        return ((WildcardType) wildcard).getUpperBounds()[0];
    }

    @Test
    void aVariableIsFollowedDownToTheConcreteClass() throws NoSuchFieldException {
        assertThat(resolved(Concrete.class, "one")).isEqualTo(Integer.class);
        assertThat(argument(resolved(Concrete.class, "several"))).isEqualTo(Integer.class);
        assertThat(resolved(Concrete.class, "compared")).isEqualTo(String.class);
        assertThat(resolved(Middle.class, "one")).isEqualTo(Integer.class);
    }

    @Test
    void whereNobodySaysWhatItIsItsBoundIsMeant() throws NoSuchFieldException {
        assertThat(resolved(Raw.class, "one")).isEqualTo(Number.class);
        assertThat(bound(argument(resolved(Raw.class, "several")))).isEqualTo(Number.class);
        assertThat(bound(argument(resolved(Raw.class, "below")))).isEqualTo(Number.class);
    }

    @Test
    void aBoundThatSpeaksOfItsOwnVariableComesToAnEnd() throws NoSuchFieldException {
        Type compared = resolved(Raw.class, "compared");
        assertThat(((ParameterizedType) compared).getRawType()).isEqualTo(Comparable.class);
        assertThat(bound(argument(compared))).isEqualTo(Comparable.class);
    }
}
