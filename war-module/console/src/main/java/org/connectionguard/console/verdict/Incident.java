/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.console.state.DataSource;
import org.connectionguard.console.state.Outage;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.Run;
import org.connectionguard.console.state.ServerState;

/**
 * An outage that is over, and what became of the deployment's jobs since it began. Immutable.
 *
 * @param runs the runs that ended since then, and before the next one began
 */
record Incident(String deployment, Outage outage, List<Run> runs) {
    /** The newest. */
    static Optional<Incident> last(ServerState state) {
        return state.dataSources().stream()
                .flatMap(dataSource -> dataSource.lastOutages().stream()
                        .filter(Outage::isOver)
                        .map(outage -> of(dataSource, outage, state)))
                .max(Comparator.comparingLong(incident -> incident.outage().begin()));
    }

    private static Incident of(DataSource dataSource, Outage outage, ServerState state) {
        long next = state.dataSources().stream()
                .filter(other -> other.deployment().equals(dataSource.deployment()))
                .flatMap(other -> other.lastOutages().stream())
                .mapToLong(Outage::begin)
                .filter(begin -> begin > outage.end())
                .min()
                .orElse(Long.MAX_VALUE);
        return new Incident(
                dataSource.deployment(),
                outage,
                state.jobs().stream()
                        .filter(job -> job.deployment().equals(dataSource.deployment()))
                        .flatMap(job -> job.history().stream())
                        .filter(run -> run.end() >= outage.begin() && run.end() < next)
                        .toList());
    }

    Sentence sentence() {
        String effects = Stream.of(
                        effect("waited", Outcome.WAITED),
                        effect("failed", Outcome.FAILED),
                        effect("were put off", Outcome.DEFERRED),
                        effect("were made up", Outcome.MADE_UP),
                        effect("were lost", Outcome.SKIPPED, Outcome.REFUSED))
                .filter(effect -> !effect.isEmpty())
                .collect(Collectors.joining(", "));
        return Sentence.of(
                "Last incident: " + deployment + ", ",
                outage.begin(),
                " to ",
                outage.end(),
                effects.isEmpty() ? ", and no run was late for it." : ", " + effects + ".");
    }

    private String effect(String words, Outcome... outcomes) {
        long count = runs.stream()
                .filter(run -> List.of(outcomes).contains(run.outcome()))
                .count();
        return switch ((int) count) {
            case 0 -> "";
            case 1 -> "1 run " + words.replace("were ", "was ");
            default -> count + " runs " + words;
        };
    }
}
