/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeanTypesTest {
    /** Its fields are types to compare. */
    static class Types<T, N extends Number> {
        Supplier<String> texts;
        Supplier<Integer> numbers;
        Supplier<List<String>> lists;
        Supplier<List<Integer>> numberLists;
        Supplier<?> any;
        Supplier<? extends Number> below;
        Supplier<? super Integer> above;
        Supplier<T> variable;
        Supplier<N> bounded;

        @SuppressWarnings("rawtypes")
        Supplier raw;
    }

    private static Type type(String field) {
        try {
            return Types.class.getDeclaredField(field).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "texts texts",
                "texts any",
                "texts raw",
                "raw texts",
                "numbers below",
                "numbers above",
                "lists lists",
                "variable texts",
                "variable below",
                "bounded numbers",
                "bounded below"
            })
    void aBeanOfTheOneTypeMayBeTheOther(String pair) {
        assertThat(mayBe(pair)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "texts numbers",
                "texts below",
                "texts above",
                "texts lists",
                "lists texts",
                "lists numberLists",
                "bounded texts"
            })
    void aBeanOfTheOneTypeIsNotTheOther(String pair) {
        assertThat(mayBe(pair)).isFalse();
    }

    private static boolean mayBe(String pair) {
        String[] fields = pair.split(" ");
        return BeanTypes.mayBe(type(fields[0]), type(fields[1]));
    }

    @Test
    void anotherClassIsAnotherType() {
        assertThat(BeanTypes.mayBe(String.class, CharSequence.class)).isFalse();
        assertThat(BeanTypes.mayBe(String[].class, String[].class)).isTrue();
    }
}
