/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.call;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a call returns whose body was left out. Stateless. */
final class Skipped {
    /** What no caller expects to be null; new each time, for callers may add to a collection. */
    private static final Map<Class<?>, Supplier<Object>> EMPTY = Map.ofEntries(
            Map.entry(Optional.class, Optional::empty),
            Map.entry(OptionalInt.class, OptionalInt::empty),
            Map.entry(OptionalLong.class, OptionalLong::empty),
            Map.entry(OptionalDouble.class, OptionalDouble::empty),
            Map.entry(Stream.class, Stream::empty),
            Map.entry(IntStream.class, IntStream::empty),
            Map.entry(LongStream.class, LongStream::empty),
            Map.entry(DoubleStream.class, DoubleStream::empty),
            Map.entry(Future.class, () -> CompletableFuture.completedFuture(null)),
            Map.entry(CompletionStage.class, () -> CompletableFuture.completedFuture(null)),
            Map.entry(CompletableFuture.class, () -> CompletableFuture.completedFuture(null)),
            Map.entry(Iterable.class, ArrayList::new),
            Map.entry(Collection.class, ArrayList::new),
            Map.entry(List.class, ArrayList::new),
            Map.entry(Set.class, LinkedHashSet::new),
            Map.entry(Map.class, LinkedHashMap::new));

    private Skipped() {}

    /**
     * Nothing, as the type says it: an empty Optional, stream, collection or array, a future that has come; null where the
     * type has no word for nothing.
     */
    static Object valueFor(Class<?> returnType) {
        if (returnType.isArray()) {
            return Array.newInstance(returnType.getComponentType(), 0);
        }
        Supplier<Object> empty = EMPTY.get(returnType);
        return empty == null ? null : empty.get();
    }
}
