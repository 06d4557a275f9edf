/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.connectionguard.message.Expiration;

/**
 * The schedule by which Jakarta Concurrency runs a method of a CDI bean: {@code @Asynchronous(runAt = …)} since 3.1,
 * {@code @Schedule} on the method itself since 3.2. Known by the annotations' names, and read reflectively, for the server's API
 * may be older, or not there at all. Immutable.
 *
 * @param asynchronous whether an interceptor of the server's runs the method, from when it is first called
 * @param parts its {@code @Schedule}s
 */
public record ConcurrencySchedule(boolean asynchronous, List<Annotation> parts) {
    private static final String SCHEDULE = "jakarta.enterprise.concurrent.Schedule";
    private static final String ASYNCHRONOUS = "jakarta.enterprise.concurrent.Asynchronous";

    /** That of a method as it was written. */
    public static Optional<ConcurrencySchedule> of(Method method) {
        try {
            return of(List.of(method.getAnnotations()));
        } catch (RuntimeException | LinkageError e) {
            // Another of its annotations refers to what is not there: nobody can read any of them.
            return Optional.empty();
        }
    }

    /** That of a method as CDI shows it. */
    static Optional<ConcurrencySchedule> of(AnnotatedMethod<?> method) {
        return of(method.getAnnotations());
    }

    private static Optional<ConcurrencySchedule> of(Collection<Annotation> annotations) {
        List<Annotation> runAt = named(ASYNCHRONOUS, annotations)
                .flatMap(ConcurrencySchedule::runAt)
                .toList();
        if (!runAt.isEmpty()) {
            return Optional.of(new ConcurrencySchedule(true, runAt));
        }
        return named(SCHEDULE, annotations).findFirst().map(each -> new ConcurrencySchedule(false, List.of(each)));
    }

    private static Stream<Annotation> named(String name, Collection<Annotation> annotations) {
        return annotations.stream()
                .filter(each -> each.annotationType().getName().equals(name));
    }

    /** In 3.0 there is no such attribute. */
    private static Stream<Annotation> runAt(Annotation asynchronous) {
        return attribute(asynchronous, "runAt").map(Annotation[].class::cast).stream()
                .flatMap(Stream::of);
    }

    /** As an operator reads it. */
    String text() {
        return parts.stream().map(ConcurrencySchedule::text).collect(Collectors.joining(" | "));
    }

    private static String text(Annotation schedule) {
        Map<String, String> given = new HashMap<>();
        Stream.concat(Stream.of(Expiration.CRON), Expiration.SCHEDULE_PARTS.stream())
                .forEach(part -> attribute(schedule, part).ifPresent(value -> given.put(part, word(value))));
        return Expiration.ofSchedule(given);
    }

    /** An empty list of values: any. */
    private static String word(Object value) {
        if (!value.getClass().isArray()) {
            return value.toString();
        }
        int length = Array.getLength(value);
        return length == 0
                ? "*"
                : IntStream.range(0, length)
                        .mapToObj(index -> String.valueOf(Array.get(value, index)))
                        .collect(Collectors.joining(","));
    }

    private static Optional<Object> attribute(Annotation annotation, String name) {
        try {
            return Optional.of(annotation.annotationType().getMethod(name).invoke(annotation));
        } catch (ReflectiveOperationException | LinkageError e) {
            // Another version's, or not all of it is there.
            return Optional.empty();
        }
    }
}
