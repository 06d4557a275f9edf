/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.connectionguard.console.Sample.dataSource;
import static org.connectionguard.console.Sample.ended;
import static org.connectionguard.console.Sample.job;
import static org.connectionguard.console.Sample.overdue;
import static org.connectionguard.console.Sample.putOff;
import static org.connectionguard.console.Sample.state;
import static org.connectionguard.console.Sample.unguarded;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.connectionguard.console.state.DataSource;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Outage;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.ServerState;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final String QUIET = " No incident since 1 Jan 1970 00:00:01 UTC.";

    private static void says(Level level, String sentence, List<Job> jobs, DataSource... dataSources) {
        Verdict verdict = Verdict.of(state(jobs, dataSources));
        assertThat(verdict.sentence().text(ZoneId.of("UTC"))).isEqualTo(sentence);
        assertThat(verdict.level()).isEqualTo(level);
    }

    @Test
    void whereEveryJobRanAllIsWell() {
        says(Level.WELL, "The only job ran when promised." + QUIET, List.of(job("a", Outcome.RAN)));
        says(
                Level.WELL,
                "Both jobs ran when promised." + QUIET,
                List.of(job("a", Outcome.RAN), job("b", Outcome.HEALED)));
        says(
                Level.WELL,
                "All 7 jobs ran when promised." + QUIET,
                IntStream.range(0, 7)
                        .mapToObj(at -> job("job" + at, Outcome.WAITED))
                        .toList());
    }

    @Test
    void whatWasNotSeenToRunIsNotSaidToHaveRun() {
        says(
                Level.WELL,
                "Of 4 jobs, 1 ran when promised, 2 have not run yet, and of 1 no run can be seen, as nothing guards it."
                        + QUIET,
                List.of(job("a", Outcome.RAN), job("b"), job("c"), unguarded(job("d"))));
        says(Level.WELL, "Of 1 job, 1 has not run yet." + QUIET, List.of(job("b")));
        says(Level.WELL, "There are no jobs on this server." + QUIET, List.of());
    }

    @Test
    void withoutAGuardNothingIsKnown() {
        Verdict verdict = Verdict.of(new ServerState(List.of(), List.of(), List.of(), Map.of()));
        assertThat(verdict.level()).isEqualTo(Level.ATTENTION);
        assertThat(verdict.sentence().text(ZoneId.of("UTC"))).contains("nothing is known of its jobs");
    }

    @Test
    void aJobThatFailedIsTrouble() {
        says(
                Level.TROUBLE,
                "1 of 2 jobs did not run as promised: b of shop failed at 1 Jan 1970 00:00:02 UTC." + QUIET,
                List.of(job("a", Outcome.RAN), job("b", Outcome.FAILED)));
    }

    @Test
    void aRunThatNobodyMakesUpIsLost() {
        for (Outcome outcome : List.of(Outcome.SKIPPED, Outcome.REFUSED, Outcome.DEFERRED)) {
            says(
                    Level.TROUBLE,
                    "The only job did not run as promised: b of shop did not start at 1 Jan 1970 00:00:02 UTC, and that run is"
                            + " lost." + QUIET,
                    List.of(job("b", outcome)));
        }
    }

    @Test
    void whatIsPutOffIsExpectedToComeRight() {
        says(
                Level.ATTENTION,
                "The only job did not run as promised: b of shop is put off since 1 Jan 1970 00:00:02 UTC, to be made up when"
                        + " its database is back. The database behind Orders of shop is away since 1 Jan 1970 00:00:05 UTC.",
                List.of(putOff(job("b", Outcome.DEFERRED), 2000)),
                dataSource("UNAVAILABLE", 0));
    }

    @Test
    void anOverdueJobAndOneWhoseTimerIsGoneAreTrouble() {
        says(
                Level.TROUBLE,
                "2 of 2 jobs did not run as promised: b of shop will not run again: the server has no timer for it any more; a"
                        + " of shop is overdue: the server promised a run that has not started." + QUIET,
                List.of(overdue(job("a", Outcome.RAN)), ended(job("b", Outcome.RAN))));
    }

    @Test
    void whoWaitsIsSaidToWait() {
        says(
                Level.ATTENTION,
                "The only job ran when promised until now. The database behind Orders of shop is away since 1 Jan 1970"
                        + " 00:00:05 UTC, and 2 jobs wait for it.",
                List.of(job("a", Outcome.RAN)),
                dataSource("UNAVAILABLE", 2));
        says(
                Level.ATTENTION,
                "The only job ran when promised until now. 1 job waits for the database behind Orders of shop.",
                List.of(job("a", Outcome.RAN)),
                dataSource("BACK", 1));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidNotToAnswer() {
        says(
                Level.ATTENTION,
                "The only job ran when promised until now. The database behind Orders of shop has not answered as it should since"
                        + " 1 Jan 1970 00:00:05 UTC.",
                List.of(job("a", Outcome.RAN)),
                dataSource("SUSPECT", 0));
    }

    @Test
    void theLastIncidentIsToldWithWhatBecameOfTheRuns() {
        says(
                Level.WELL,
                "Both jobs ran when promised. Last incident: shop, 1 Jan 1970 00:00:03 UTC to 1 Jan 1970 00:00:04 UTC, 2 runs"
                        + " waited, 1 run was put off, 1 run was made up, 1 run was lost.",
                List.of(
                        job("a", Outcome.FAILED, Outcome.WAITED, Outcome.WAITED, Outcome.RAN),
                        job("b", Outcome.RAN, Outcome.DEFERRED, Outcome.SKIPPED, Outcome.MADE_UP)),
                dataSource("HEALTHY", 0, new Outage(500, 100, "down", ""), new Outage(3000, 1000, "down", "")));
        says(
                Level.WELL,
                "The only job ran when promised. Last incident: shop, 1 Jan 1970 00:00:03 UTC to 1 Jan 1970 00:00:04 UTC, and no"
                        + " run was late for it.",
                List.of(job("a", Outcome.RAN)),
                dataSource("HEALTHY", 0, new Outage(3000, 1000, "down", "")));
    }

    @Test
    void whatTheNextOutageDoesIsNotPutDownToTheLastIncident() {
        says(
                Level.TROUBLE,
                "The only job did not run as promised: a of shop did not start at 1 Jan 1970 00:00:03 UTC, and that run is lost."
                        + " The database behind Orders of shop is away since 1 Jan 1970 00:00:05 UTC. Last incident: shop, 1 Jan"
                        + " 1970 00:00:01 UTC to 1 Jan 1970 00:00:01 UTC, 1 run waited.",
                List.of(job("a", Outcome.WAITED, Outcome.SKIPPED)),
                dataSource("UNAVAILABLE", 0, new Outage(1000, 500, "down", ""), new Outage(3000, -1, "down", "")));
    }

    @Test
    void ofManyThreeAreNamedTheWorstFirst() {
        List<Job> jobs = List.of(
                putOff(job("later", Outcome.DEFERRED), 1),
                overdue(job("overdue", Outcome.RAN)),
                job("lost", Outcome.SKIPPED),
                job("failed", Outcome.FAILED));
        assertThat(Verdict.of(state(jobs)).sentence().text(ZoneId.of("UTC")))
                .matches(
                        "4 of 4 jobs did not run as promised: failed of .*; lost of .*; overdue of .*; and 1 more\\..*")
                .doesNotContain("later of");
    }
}
