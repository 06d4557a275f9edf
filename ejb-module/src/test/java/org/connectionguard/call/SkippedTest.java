/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkippedTest {
    @Test
    void anOptionalIsEmpty() {
        assertThat(Skipped.valueFor(Optional.class)).isEqualTo(Optional.empty());
        assertThat(Skipped.valueFor(OptionalInt.class)).isEqualTo(OptionalInt.empty());
        assertThat(Skipped.valueFor(OptionalLong.class)).isEqualTo(OptionalLong.empty());
        assertThat(Skipped.valueFor(OptionalDouble.class)).isEqualTo(OptionalDouble.empty());
    }

    @ParameterizedTest
    @ValueSource(classes = {Stream.class, IntStream.class, LongStream.class, DoubleStream.class})
    void aStreamIsEmptyAndNewEachTime(Class<?> type) {
        Object value = Skipped.valueFor(type);
        assertThat(value).isInstanceOf(type);
        assertThat(((BaseStream<?, ?>) value).iterator().hasNext()).isFalse();
        assertThat(((BaseStream<?, ?>) Skipped.valueFor(type)).iterator().hasNext())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {Future.class, CompletionStage.class, CompletableFuture.class})
    void aFutureHasComeWithNothing(Class<?> type) {
        Object value = Skipped.valueFor(type);
        assertThat(value).isInstanceOf(type);
        assertThat(((CompletableFuture<?>) value).isDone()).isTrue();
        assertThat(((CompletableFuture<?>) value).join()).isNull();
    }

    @ParameterizedTest
    @ValueSource(classes = {Iterable.class, Collection.class, List.class, Set.class})
    void aCollectionIsEmptyAndTheCallersOwn(Class<?> type) {
        Object value = Skipped.valueFor(type);
        assertThat(value).isInstanceOf(type);
        assertThat((Collection<?>) value).isEmpty();
        assertThat(Skipped.valueFor(type)).isNotSameAs(value);
    }

    @Test
    void aMapAndAnArrayAreEmpty() {
        assertThat((Map<?, ?>) Skipped.valueFor(Map.class)).isEmpty();
        assertThat((String[]) Skipped.valueFor(String[].class)).isEmpty();
        assertThat((byte[]) Skipped.valueFor(byte[].class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {void.class, Object.class, String.class, Integer.class, ArrayList.class})
    void whatHasNoWordForNothingIsNull(Class<?> type) {
        assertThat(Skipped.valueFor(type)).isNull();
    }
}
