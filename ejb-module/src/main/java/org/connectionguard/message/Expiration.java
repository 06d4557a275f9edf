/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When a timer expires, as an operator reads it. Stateless. */
public final class Expiration {
    /** Of timers that the application makes itself. */
    public static final String PROGRAMMATIC = "programmatic";

    /** Jakarta Enterprise Beans 4.0, core features, 18.2.1: the parts of a calendar expression, in the order to be shown. */
    public static final List<String> PARTS =
            List.of("second", "minute", "hour", "dayOfMonth", "month", "dayOfWeek", "year", "timezone");

    private static final List<String> TIME = List.of("hour", "minute", "second");

    private Expiration() {}

    /**
     * A calendar expression: a time of day in words, else only what is not as usual, which is midnight of every day.
     *
     * @param given the parts that are given
     */
    public static String of(Map<String, String> given, boolean persistent) {
        List<String> unusual = PARTS.stream()
                .filter(part -> !value(given, part).equals(usual(part)))
                .toList();
        return (isTimeOfDay(given, unusual)
                        ? daily(given)
                        : unusual.stream()
                                .map(part -> part + "=" + value(given, part))
                                .collect(Collectors.joining(" ")))
                + (persistent ? ", persistent" : "");
    }

    private static boolean isTimeOfDay(Map<String, String> given, List<String> unusual) {
        return TIME.containsAll(unusual)
                && TIME.stream().allMatch(part -> value(given, part).matches("\\d{1,2}"));
    }

    private static String daily(Map<String, String> given) {
        Stream<Integer> time = TIME.stream().map(part -> Integer.valueOf(value(given, part)));
        return String.format(Locale.ROOT, "daily at %02d:%02d:%02d", time.toArray());
    }

    private static String value(Map<String, String> given, String part) {
        return given.getOrDefault(part, usual(part)).strip();
    }

    private static String usual(String part) {
        return TIME.contains(part) ? "0" : part.equals("timezone") ? "" : "*";
    }
}
