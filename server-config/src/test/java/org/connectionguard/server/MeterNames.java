/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the library's meters are called in Prometheus. Immutable. */
final class MeterNames {
    private static final String PREFIX = "connection_guard_";
    private static final Pattern USED = Pattern.compile(PREFIX + "[a-z_]*(\\(_seconds\\)\\?[a-z_]*)?");

    private static final List<String> TIMERS = List.of("runs", "validation", "wait", "outages", "deferrals");
    private static final List<String> TIMES =
            List.of("run_last_start", "run_last_success", "run_next", "run_deferred_since");
    private static final List<String> COUNTERS = List.of("evictions");
    private static final List<String> GAUGES =
            List.of("run_active", "run_overdue", "waiting", "state", "stuck", "jobs");

    private MeterNames() {}

    /** Micrometer's, and those of OpenTelemetry with units. */
    static Set<String> withUnits() {
        return names("_seconds", "_total");
    }

    /** Those of OpenTelemetry without units. */
    static Set<String> withoutUnits() {
        return names("", "");
    }

    /** Every name that stands in the text; one that is written for both spellings counts as two. */
    static Set<String> usedIn(String text) {
        return USED.matcher(text)
                .results()
                .flatMap(match ->
                        Stream.of("_seconds", "").map(unit -> match.group().replace("(_seconds)?", unit)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String seconds, String total) {
        return Stream.of(
                        TIMERS.stream()
                                .flatMap(timer ->
                                        Stream.of("_count", "_sum", "_max").map(part -> timer + seconds + part)),
                        TIMES.stream().map(time -> time + seconds),
                        COUNTERS.stream().map(counter -> counter + total),
                        GAUGES.stream())
                .flatMap(all -> all)
                .map(PREFIX::concat)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
