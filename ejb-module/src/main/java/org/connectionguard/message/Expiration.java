/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** When a timer expires, as an operator reads it. Stateless. */
public final class Expiration {
    /** Of timers that the application makes itself. */
    public static final String PROGRAMMATIC = "programmatic";

    /** Jakarta Enterprise Beans 4.0, core features, 18.2.1: the parts of a calendar expression, in the order to be shown. */
    public static final List<String> PARTS =
            List.of("second", "minute", "hour", "dayOfMonth", "month", "dayOfWeek", "year", "timezone");

    private static final String ZONE = "zone";

    /** Jakarta Concurrency 3.1, Schedule: the same, by other names. */
    public static final List<String> SCHEDULE_PARTS =
            List.of("seconds", "minutes", "hours", "daysOfMonth", "months", "daysOfWeek", ZONE);

    /** Jakarta Concurrency 3.1, Schedule: what wins over all other parts but the zone. */
    public static final String CRON = "cron";

    /** How many of the parts are of the day, the finest first. */
    private static final int TIME = 3;

    private Expiration() {}

    /**
     * A calendar expression: a time of day in words, else only what is not as usual, which is midnight of every day.
     *
     * @param given the parts that are given
     */
    public static String of(Map<String, String> given, boolean persistent) {
        return text(PARTS, given) + (persistent ? ", persistent" : "");
    }

    /**
     * A schedule of Jakarta Concurrency, likewise.
     *
     * @param given the parts that are given
     */
    public static String ofSchedule(Map<String, String> given) {
        String cron = given.getOrDefault(CRON, "").strip();
        if (cron.isEmpty()) {
            return text(SCHEDULE_PARTS, given);
        }
        String zone = given.getOrDefault(ZONE, "").strip();
        return CRON + "=" + cron + (zone.isEmpty() ? "" : " " + ZONE + "=" + zone);
    }

    private static String text(List<String> parts, Map<String, String> given) {
        List<String> unusual = parts.stream()
                .filter(part -> !value(parts, given, part).equals(usual(parts, part)))
                .toList();
        List<String> time = parts.subList(0, TIME);
        return time.containsAll(unusual)
                        && time.stream()
                                .allMatch(part -> value(parts, given, part).matches("\\d{1,2}"))
                ? daily(time.stream().map(part -> value(parts, given, part)).toList())
                : unusual.stream()
                        .map(part -> part + "=" + value(parts, given, part))
                        .collect(Collectors.joining(" "));
    }

    private static String daily(List<String> time) {
        return String.format(
                Locale.ROOT,
                "daily at %02d:%02d:%02d",
                Integer.valueOf(time.get(2)),
                Integer.valueOf(time.get(1)),
                Integer.valueOf(time.get(0)));
    }

    private static String value(List<String> parts, Map<String, String> given, String part) {
        return given.getOrDefault(part, usual(parts, part)).strip();
    }

    private static String usual(List<String> parts, String part) {
        int place = parts.indexOf(part);
        return place < TIME ? "0" : place == parts.size() - 1 ? "" : "*";
    }
}
