/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.console.state.DataSource;
import org.connectionguard.console.state.Deployment;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.ServerState;

/** The one thing to be read: did every job of this server run? Immutable. */
public record Verdict(Level level, Sentence sentence) {
    private static final int NAMED = 3;

    public static Verdict of(ServerState state) {
        if (state.deployments().isEmpty()) {
            return new Verdict(
                    Level.ATTENTION,
                    Sentence.of(
                            "No application on this server has Connection Guard, so nothing is known of its jobs."));
        }
        List<Job> jobs = state.jobs().stream()
                .sorted(Comparator.comparing(Condition::of))
                .toList();
        List<Job> wrong = jobs.stream()
                .filter(job -> Condition.of(job).level() != Level.WELL)
                .toList();
        List<DataSource> wanting = state.dataSources().stream()
                .filter(dataSource -> dataSource.isAway() || dataSource.isSuspect() || dataSource.waiting() > 0)
                .toList();
        Sentence sentence = wrong.isEmpty() ? well(jobs, !wanting.isEmpty()) : wrong(wrong, jobs.size());
        for (DataSource dataSource : wanting) {
            sentence = sentence.and(wanting(dataSource));
        }
        Optional<Sentence> incident = Incident.last(state).map(Incident::sentence);
        if (incident.isEmpty() && wanting.isEmpty()) {
            incident = Optional.of(quiet(state));
        }
        return new Verdict(level(wrong, wanting), incident.isPresent() ? sentence.and(incident.get()) : sentence);
    }

    private static Level level(List<Job> wrong, List<DataSource> wanting) {
        return Stream.concat(
                        wrong.stream().map(job -> Condition.of(job).level()),
                        wanting.stream().map(dataSource -> Level.ATTENTION))
                .min(Comparator.naturalOrder())
                .orElse(Level.WELL);
    }

    private static Sentence well(List<Job> jobs, boolean soFar) {
        if (jobs.isEmpty()) {
            return Sentence.of("There are no jobs on this server.");
        }
        long unseen = jobs.stream().filter(Condition::isUnseen).count();
        long notYet = jobs.stream().filter(job -> job.lastStart() == 0).count() - unseen;
        long ran = jobs.size() - unseen - notYet;
        String promised = soFar ? " ran when promised until now" : " ran when promised";
        List<String> counts = Stream.of(
                        ran == 0 ? "" : ran + promised,
                        notYet == 0 ? "" : notYet + (notYet == 1 ? " has" : " have") + " not run yet",
                        unseen == 0 ? "" : "of " + unseen + " no run can be seen, as nothing guards it")
                .filter(count -> !count.isEmpty())
                .toList();
        int last = counts.size() - 1;
        String counted = String.join(", ", counts.subList(0, last)) + (last == 0 ? "" : ", and ") + counts.get(last);
        String all =
                jobs.size() == 1 ? "The only job" : jobs.size() == 2 ? "Both jobs" : "All " + jobs.size() + " jobs";
        return Sentence.of(
                ran == jobs.size()
                        ? all + promised + "."
                        : "Of " + Verdict.jobs(jobs.size(), "", "") + ", " + counted + ".");
    }

    private static Sentence wrong(List<Job> wrong, int all) {
        Sentence sentence = Sentence.of(
                (all == 1 ? "The only job" : wrong.size() + " of " + all + " jobs") + " did not run as promised:");
        String between = " ";
        for (Job job : wrong.subList(0, Math.min(NAMED, wrong.size()))) {
            sentence = sentence.joined(
                    between,
                    Sentence.of(job.name() + " of " + job.deployment())
                            .and(Judgement.of(job).sentence()));
            between = "; ";
        }
        int more = wrong.size() - NAMED;
        return sentence.joined("", Sentence.of(more > 0 ? "; and " + more + " more." : "."));
    }

    private static Sentence wanting(DataSource dataSource) {
        String name = "The database behind " + dataSource.shortName() + " of " + dataSource.deployment();
        String wait = jobs(dataSource.waiting(), " waits", " wait");
        String since = dataSource.isAway() ? " is away since " : " has not answered as it should since ";
        return dataSource.isAway() || dataSource.isSuspect()
                ? Sentence.of(
                        name + since,
                        dataSource.stateSince(),
                        dataSource.waiting() == 0 ? "." : ", and " + wait + " for it.")
                : Sentence.of(wait + " for " + name.replaceFirst("^T", "t") + ".");
    }

    private static Sentence quiet(ServerState state) {
        return Sentence.of(
                "No incident since ",
                state.deployments().stream().mapToLong(Deployment::since).min().orElse(0),
                ".");
    }

    static String jobs(long count, String one, String several) {
        return count == 1 ? "1 job" + one : count + " jobs" + several;
    }
}
