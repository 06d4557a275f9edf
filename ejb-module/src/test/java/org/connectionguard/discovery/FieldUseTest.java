/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FieldUseTest {
    static class Base {
        static final String NAME = String.valueOf(1L << 40);
        String inherited = "inherited";

        String ofBase() {
            return inherited;
        }
    }

    static class Everything extends Base {
        String a = "a";
        String b = "b";
        String c = "c";
        long number = 0x1_0000_0000L;
        double fraction = 0.1;

        String itself() {
            return a;
        }

        String throughAnother() {
            return itself() + NAME;
        }

        String recursion(int depth) {
            return depth == 0 ? b : recursion(depth - 1);
        }

        Supplier<String> lambda() {
            return () -> b;
        }

        Supplier<String> reference() {
            return this::itself;
        }

        String ofSuperclass() {
            return inherited;
        }

        String calledInSuperclass() {
            return ofBase();
        }

        Supplier<String> inside() {
            return new Supplier<>() {
                @Override
                public String get() {
                    return c;
                }
            };
        }

        void writes() {
            c = "written";
        }

        /** Every instruction whose length is its own. */
        Object switches(int which, String text) {
            int[][] several = new int[which][2];
            for (int i = 0; i < 300; i += 200) {
                several[i % 2][0]++;
            }
            long sum = number + several.length + (long) fraction;
            switch (which) {
                case 1:
                    return a;
                case 2:
                case 3:
                    sum++;
                    break;
                default:
                    sum--;
            }
            switch (text) {
                case "one", "two" -> sum += 70_000;
                default -> sum -= 200;
            }
            return sum > 0 ? (Object) text : c;
        }
    }

    private static Optional<Set<String>> fields(String name) {
        Method method = Arrays.stream(Everything.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return FieldUse.of(method)
                .map(fields -> fields.stream().map(Field::getName).collect(Collectors.toSet()));
    }

    @Test
    void aMethodReadsFieldsByItselfAndThroughOthersOfItsClass() {
        assertThat(fields("itself")).contains(Set.of("a"));
        assertThat(fields("throughAnother")).contains(Set.of("a", "NAME"));
        assertThat(fields("recursion")).contains(Set.of("b"));
        assertThat(fields("ofSuperclass")).contains(Set.of("inherited"));
        assertThat(fields("writes")).contains(Set.of());
    }

    @Test
    void whatALambdaReadsIsRead() {
        assertThat(fields("lambda")).contains(Set.of("b"));
        assertThat(fields("reference")).contains(Set.of("a"));
    }

    @Test
    void whereOtherClassesMayReadNobodyCanTell() {
        assertThat(fields("inside")).isEmpty();
        assertThat(fields("calledInSuperclass")).isEmpty();
    }

    @Test
    void instructionsOfEveryLengthArePassed() {
        assertThat(fields("switches")).contains(Set.of("number", "fraction", "a", "c"));
    }

    @Test
    void aClassThatIsInNoFileCannotBeRead() throws Exception {
        Supplier<String> hidden = () -> "hidden";
        assertThat(FieldUse.of(hidden.getClass().getDeclaredMethod("get"))).isEmpty();
    }
}
