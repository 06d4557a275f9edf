/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.connectionguard.TimerReport;
import org.connectionguard.TimerReport.Protection;
import org.connectionguard.message.Messages;

/**
 * All timers of a deployment and how they are protected. Immutable.
 *
 * @param deployment its name
 */
public record DeploymentReport(String deployment, List<TimerReport> timers) {
    /** In the order of their names. */
    public DeploymentReport {
        timers = timers.stream()
                .sorted((one, other) -> (one.name() + one.bean()).compareTo(other.name() + other.bean()))
                .toList();
    }

    /** Those that use a data source without a guard. */
    public List<TimerReport> unprotected() {
        return those(Protection.UNPROTECTED);
    }

    private List<TimerReport> those(Protection protection) {
        return timers.stream().filter(timer -> timer.protection() == protection).toList();
    }

    private String summary() {
        return Messages.report(
                deployment,
                those(Protection.GUARDED).size(),
                those(Protection.NOTHING_TO_GUARD).size(),
                unprotected().size());
    }

    /** A table for the log. */
    public String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("timer", "schedule", "transaction", "data sources", "protection"));
        timers.forEach(timer -> rows.add(List.of(
                timer.name(),
                timer.schedule(),
                timer.transaction(),
                timer.dataSources().isEmpty() ? "none found" : String.join(", ", timer.dataSources()),
                timer.protection() == Protection.GUARDED
                        ? timer.reason()
                        : timer.protection().toString().replace('_', ' ') + ": " + timer.reason())));
        int[] widths = IntStream.range(0, 5)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, 5)
                        .mapToObj(column -> pad(row.get(column), widths[column]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n  ", summary() + "\n  ", ""));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
