/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When a job runs, in words; what we have no words for is spelled out. Stateless. */
public final class ScheduleWords {
    private static final String PERSISTENT = ", persistent";

    /** The day's parts, with their names in both timer services and in words. */
    private static final List<Part> DAYS = List.of(
            new Part("only on these days: ", "dayOfWeek", "daysOfWeek"),
            new Part("only on these days of the month: ", "dayOfMonth", "daysOfMonth"),
            new Part("only in these months: ", "month", "months"),
            new Part("only in ", "year", "year"));

    private static final Map<String, String> WEEKDAYS = Map.of(
            "mon", "Monday",
            "tue", "Tuesday",
            "wed", "Wednesday",
            "thu", "Thursday",
            "fri", "Friday",
            "sat", "Saturday",
            "sun", "Sunday");

    private ScheduleWords() {}

    /**
     * The words.
     *
     * @param declared as the guard's MBean has it
     */
    public static String of(String declared) {
        if (declared.isEmpty()) {
            return "no timer: it runs when it is called";
        }
        if (declared.endsWith(PERSISTENT)) {
            return of(declared.substring(0, declared.length() - PERSISTENT.length())) + ", kept over restarts";
        }
        return Stream.of(declared.split(" \\| ")).map(ScheduleWords::one).collect(Collectors.joining(", and "));
    }

    private static String one(String declared) {
        if (declared.endsWith(PERSISTENT)) {
            return one(declared.substring(0, declared.length() - PERSISTENT.length())) + ", kept over restarts";
        }
        if (declared.equals("programmatic")) {
            return "as the application sets its timer";
        }
        if (declared.startsWith("daily at ")) {
            return "every day at " + declared.substring("daily at ".length()).replaceFirst("(\\d\\d:\\d\\d):00$", "$1");
        }
        if (declared.startsWith("cron=")) {
            return "as its cron line says: " + declared.substring("cron=".length());
        }
        return calendar(parts(declared));
    }

    private static Map<String, String> parts(String declared) {
        Map<String, String> parts = new HashMap<>();
        for (String part : declared.split(" (?=\\w+=)")) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        return parts;
    }

    private static String calendar(Map<String, String> parts) {
        String time = time(value(parts, "second"), value(parts, "minute"), value(parts, "hour"));
        String days = DAYS.stream().flatMap(part -> part.words(parts).stream()).collect(Collectors.joining(", "));
        String zone = Stream.of("timezone", "zone")
                .flatMap(name -> Optional.ofNullable(parts.get(name)).stream())
                .map(name -> ", by the clock of " + name)
                .collect(Collectors.joining());
        return time + (days.isEmpty() ? (time.startsWith("at ") ? " every day" : "") : ", " + days) + zone;
    }

    private static String value(Map<String, String> parts, String part) {
        return parts.getOrDefault(part, parts.getOrDefault(part + "s", "0"));
    }

    private static String time(String second, String minute, String hour) {
        boolean everyHour = hour.equals("*");
        boolean everyMinute = minute.equals("*");
        if (everyHour && everyMinute && isStep(second)) {
            return every(second, "second");
        }
        if (everyHour && isNumber(second) && isStep(minute)) {
            return every(minute, "minute");
        }
        if (isStep(hour) && isNumber(minute) && isNumber(second)) {
            return every(hour, "hour") + (minute.equals("0") ? "" : ", " + minute + " past");
        }
        if (Stream.of(second, minute, hour).allMatch(ScheduleWords::isNumber)) {
            return "at " + two(hour) + ":" + two(minute) + (second.equals("0") ? "" : ":" + two(second));
        }
        return "when the hour is " + hour + ", the minute " + minute + ", the second " + second;
    }

    private static boolean isNumber(String value) {
        return value.matches("\\d{1,2}");
    }

    private static boolean isStep(String value) {
        return value.matches("\\*|(\\*|0)/\\d{1,2}");
    }

    private static String every(String step, String unit) {
        String count = step.equals("*") ? "1" : step.substring(step.indexOf('/') + 1);
        return count.equals("1") ? "every " + unit : "every " + count + " " + unit + "s";
    }

    private static String two(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private record Part(String words, String name, String concurrencyName) {
        Optional<String> words(Map<String, String> parts) {
            return Stream.of(name, concurrencyName)
                    .flatMap(key -> Optional.ofNullable(parts.get(key)).stream())
                    .filter(value -> !value.equals("*"))
                    .findFirst()
                    .map(value -> {
                        String weekday = WEEKDAYS.get(value.toLowerCase(Locale.ROOT));
                        return weekday == null ? words + value : "every " + weekday;
                    });
        }
    }
}
